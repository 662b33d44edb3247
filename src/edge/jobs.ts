// What runs by the clock. Each job runs until nothing is due or the host stops it, in any number of processes: the
// database decides which process does what. The host decides when.

import type { AppDeps } from './context.ts'
import { expireLinks } from './features/links/expire-links.ts'
import { deleteExpiredData } from './features/links/retention.ts'
import { sendDueMessages } from './features/messages/send-due.ts'
import { reconcileDue } from './features/settlement/reconcile.ts'
import { deliverEvents } from './features/webhooks/deliver.ts'
import type { ShouldContinue } from './platform/concurrency/should-continue.ts'
import { logError } from './platform/observability/log-error.ts'

export interface Job {
  name: string
  /** @returns true: there is more, and it need not wait for the next time */
  run: (deps: AppDeps, goOn?: ShouldContinue) => Promise<unknown>
}

export const jobs = {
  deliver: { name: 'deliver', run: deliverEvents },
  messages: { name: 'messages', run: sendDueMessages },
  reconcile: { name: 'reconcile', run: reconcileDue },
  sweep: { name: 'sweep', run: expireLinks },
  cleanUp: { name: 'clean up', run: deleteExpiredData },
} as const satisfies Record<string, Job>

/** One that breaks stops no other. */
export async function runJob({ name, run }: Job, deps: AppDeps, goOn?: ShouldContinue): Promise<unknown> {
  try {
    return await run(deps, goOn)
  } catch (error) {
    logError(deps.log, { event: 'timer.broke', job: name }, error)
    return undefined
  }
}
