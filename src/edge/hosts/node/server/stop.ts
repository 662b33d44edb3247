// The end of the process: nothing new is taken, what was begun is ended.

/** What is still under way then is done again by the next start: nothing is answered before it is written. */
const patienceMs = 10_000

/** One press of Ctrl-C reaches us twice: from the terminal, and handed on by npm and start.mjs. */
const sameSignalMs = 1_000

/** Runs `end` at the first signal, or call; at a second signal the process is gone at once. */
export function stopOnSignal(end: () => Promise<void>): () => void {
  let since: number | undefined
  const stop = () => {
    if (since !== undefined) return
    since = Date.now()
    const timeUp = new Promise((resolve) => setTimeout(resolve, patienceMs))
    void Promise.race([end(), timeUp]).then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (since !== undefined && Date.now() - since > sameSignalMs) process.exit(1)
      stop()
    })
  return stop
}
