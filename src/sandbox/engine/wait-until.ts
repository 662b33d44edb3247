import type { Context } from 'hono'

/** Keeps the host alive for work that outlives the answer, where a host must be told to. */
export const laterOf =
  (c: Context) =>
  (work: Promise<void>): void => {
    const quiet = work.catch(() => undefined)
    try {
      c.executionCtx.waitUntil(quiet)
    } catch {
      // Node has no execution context and goes on by itself.
    }
  }
