// Removes all temporary files of a run at its end, those of its servers and browsers included.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const names = ['TMPDIR', 'TEMP', 'TMP']
const mark = 'dari-run-'

/** Called by Vitest and Playwright before they start test processes. @returns the clean-up */
export default function setRunFolder(): () => void {
  // Called once per project of a run.
  if (tmpdir().includes(mark)) return () => {}
  const folder = mkdtempSync(join(tmpdir(), mark))
  // PostgreSQL runs as another user, in a subfolder.
  chmodSync(folder, 0o711)
  const before = names.map((name) => [name, process.env[name]] as const)
  for (const name of names) process.env[name] = folder
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    // A killed browser may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
