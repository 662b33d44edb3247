// What runs by the clock. Each job runs until nothing is due or the host stops it, in any number of processes: the
// database decides which process does what. The host decides when.
import { cleanUp } from './clean-up.ts'
import { deliverDue } from './deliver.ts'
import type { AppDeps } from './deps.ts'
import { logBreak } from './log-break.ts'
import { sendDueMessages } from './messages/send-due.ts'
import { reconcileDue } from './reconcile.ts'
import type { GoOn } from './rounds.ts'
import { sweepDue } from './sweep.ts'

export interface Job {
  name: string
  /** @returns true: there is more, and it need not wait for the next time */
  run: (deps: AppDeps, goOn?: GoOn) => Promise<unknown>
}

export const jobs = {
  deliver: { name: 'deliver', run: deliverDue },
  messages: { name: 'messages', run: sendDueMessages },
  reconcile: { name: 'reconcile', run: reconcileDue },
  sweep: { name: 'sweep', run: sweepDue },
  cleanUp: { name: 'clean up', run: cleanUp },
} as const satisfies Record<string, Job>

/** One that breaks stops no other. */
export async function runJob({ name, run }: Job, deps: AppDeps, goOn?: GoOn): Promise<unknown> {
  try {
    return await run(deps, goOn)
  } catch (error) {
    logBreak(deps.log, { event: 'timer.broke', job: name }, error)
    return undefined
  }
}
