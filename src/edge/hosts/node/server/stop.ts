// Shutdown on signals.

/** The process exits after this. Unfinished work is repeated after the next start, since answers follow their writes. */
const timeoutMs = 10_000

/** One Ctrl-C arrives twice: from the terminal, and forwarded by npm and start.mjs. */
const sameSignalMs = 1_000

/** Runs `shutDown` at the first signal or call; a second signal exits at once. @returns a function that stops too */
export function stopOnSignal(shutDown: () => Promise<void>): () => void {
  let since: number | undefined
  const stop = () => {
    if (since !== undefined) return
    since = Date.now()
    const timeout = new Promise((resolve) => setTimeout(resolve, timeoutMs))
    void Promise.race([shutDown(), timeout]).then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (since !== undefined && Date.now() - since > sameSignalMs) process.exit(1)
      stop()
    })
  return stop
}
