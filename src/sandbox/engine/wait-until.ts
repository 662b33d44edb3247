import type { Context } from 'hono'

export type WaitUntil = (work: Promise<void>) => void

/** Keeps a Worker alive for work that outlives the response. Errors of the work are ignored. */
export const waitUntilOf =
  (c: Context): WaitUntil =>
  (work) => {
    const settled = work.catch(() => undefined)
    try {
      c.executionCtx.waitUntil(settled)
    } catch {
      // Node has no execution context and needs none.
    }
  }
