// What runs by the clock, in every process: the database decides who does what, so several may run at once.
import { cleanUp } from '../../clean-up.ts'
import { deliverDue } from '../../deliver.ts'
import type { AppDeps } from '../../deps.ts'
import { logBreak } from '../../log-break.ts'
import { sendDueMessages } from '../../messages/send-due.ts'
import { reconcileDue } from '../../reconcile.ts'
import { sweepDue } from '../../sweep.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs

interface Job {
  name: string
  everyMs: number
  /** @returns true: there is more, and it need not wait for the next time */
  run: () => Promise<unknown>
}

export interface Timers {
  /** Begins nothing new, and resolves when what is under way has ended. */
  stop(): Promise<void>
}

export function startTimers(deps: AppDeps): Timers {
  const stops = [
    // Not one after the other: an attempt at a slow receiver must not keep the next second's events waiting.
    every({ name: 'deliver', everyMs: secondMs, run: () => deliverDue(deps) }, deps, 'overlapping'),
    every({ name: 'messages', everyMs: secondMs, run: () => sendDueMessages(deps) }, deps, 'overlapping'),
    every({ name: 'reconcile', everyMs: 5 * secondMs, run: () => reconcileDue(deps) }, deps),
    every({ name: 'sweep', everyMs: 5 * secondMs, run: () => sweepDue(deps) }, deps),
    every({ name: 'clean up', everyMs: 10 * minuteMs, run: () => cleanUp(deps) }, deps),
  ]
  return {
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

function every(
  { name, everyMs, run }: Job,
  { log }: Pick<AppDeps, 'log'>,
  manner: 'overlapping' | 'in turn' = 'in turn',
): () => Promise<void> {
  const underway = new Set<Promise<void>>()
  let timer: ReturnType<typeof setTimeout>
  let stopped = false

  const plan = (ms: number) => {
    if (!stopped) timer = setTimeout(begin, ms)
  }
  const begin = () => {
    const work = run()
      .catch((error: unknown) => {
        logBreak(log, { event: 'timer.broke', job: name }, error)
      })
      .then((result) => {
        underway.delete(work)
        if (manner === 'in turn') plan(result === true ? secondMs : everyMs)
      })
    underway.add(work)
    if (manner === 'overlapping') plan(everyMs)
  }
  plan(everyMs)

  return async () => {
    stopped = true
    clearTimeout(timer)
    await Promise.all(underway)
  }
}
