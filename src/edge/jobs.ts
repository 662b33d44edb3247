// Scheduled jobs. The host decides when a job runs; it works until nothing is due or `shouldContinue` is false. Any
// number of processes may run the same job, because work is claimed in the database.

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
  /** @returns true if more work is due at once */
  run: (deps: AppDeps, shouldContinue?: ShouldContinue) => Promise<unknown>
}

export const jobs = {
  deliver: { name: 'deliver', run: deliverEvents },
  messages: { name: 'messages', run: sendDueMessages },
  reconcile: { name: 'reconcile', run: reconcileDue },
  sweep: { name: 'sweep', run: expireLinks },
  cleanUp: { name: 'clean up', run: deleteExpiredData },
} as const satisfies Record<string, Job>

/** Logs a failing job instead of throwing, so that the others run. */
export async function runJob(
  { name, run }: Job,
  deps: AppDeps,
  shouldContinue?: ShouldContinue,
): Promise<unknown> {
  try {
    return await run(deps, shouldContinue)
  } catch (error) {
    logError(deps.log, { event: 'timer.failed', job: name }, error)
    return undefined
  }
}
