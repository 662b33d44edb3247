// What runs by the clock, in every process: the database decides who does what, so several may run at once.
import type { AppDeps } from '../../../context.ts'
import { type Job, jobs, runJob } from '../../../jobs.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs

export interface Timers {
  /** Begins nothing new, and resolves when what is under way has ended. */
  stop(): Promise<void>
}

export function startTimers(deps: AppDeps): Timers {
  const stops = [
    // Not one after the other: an attempt at a slow receiver must not keep the next second's events waiting.
    every(secondMs, jobs.deliver, deps, 'overlapping'),
    every(secondMs, jobs.messages, deps, 'overlapping'),
    every(5 * secondMs, jobs.reconcile, deps),
    every(5 * secondMs, jobs.sweep, deps),
    every(10 * minuteMs, jobs.cleanUp, deps),
  ]
  return {
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
    },
  }
}

function every(
  everyMs: number,
  job: Job,
  deps: AppDeps,
  manner: 'overlapping' | 'in turn' = 'in turn',
): () => Promise<void> {
  const underway = new Set<Promise<void>>()
  let timer: ReturnType<typeof setTimeout>
  let stopped = false

  const plan = (ms: number) => {
    if (!stopped) timer = setTimeout(begin, ms)
  }
  const begin = () => {
    const work = runJob(job, deps, () => !stopped).then((result) => {
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
