// npm that was killed hands no signal on: its script has to notice. Plain JavaScript, for `start.mjs` too.
import { readFileSync } from 'node:fs'

/** Calls `gone` once after npm has died that runs us. Who was started by hand outlives the shell. */
export function watchNpm(gone) {
  if (!process.env.npm_lifecycle_event) return
  const npm = launcher()
  const timer = setInterval(() => {
    if (launcher() === npm) return
    clearInterval(timer)
    gone()
  }, 1_000)
  timer.unref()
}

/** Our parent; where that is a shell that npm put between us, its parent too. */
function launcher() {
  const parent = process.ppid
  try {
    const [, name, above] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? []
    return /^(ba|da|a|k|z)?sh$/.test(name) ? `${parent} ${above}` : `${parent}`
  } catch {
    // No Linux: the shells there step aside for a single command.
    return `${parent}`
  }
}
