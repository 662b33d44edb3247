// Whatever a run writes to temporary folders, its servers and browsers included, goes when the run ends.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const names = ['TMPDIR', 'TEMP', 'TMP']
const mark = 'dari-run-'

/** For Vitest and Playwright, which call it before they start a process for tests. @returns what to do at the end */
export default function setRunFolder(): () => void {
  // Of a run of several projects each asks.
  if (tmpdir().includes(mark)) return () => {}
  const folder = mkdtempSync(join(tmpdir(), mark))
  // PostgreSQL runs as somebody else, in a folder of its own in there.
  chmodSync(folder, 0o711)
  const before = names.map((name) => [name, process.env[name]] as const)
  for (const name of names) process.env[name] = folder
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    // A browser that was just ended may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
