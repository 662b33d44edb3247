// Runs the jobs periodically. Every process does; claims in the database divide the work.
import type { AppDeps } from '../../../context.ts'
import { type Job, jobs, runJob } from '../../../jobs.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs

export interface Timers {
  /** Starts no more work, and resolves when work in flight has ended. */
  stop(): Promise<void>
}

export function startTimers(deps: AppDeps): Timers {
  const stops = [
    // Overlapping, so that a slow receiver does not delay the next second's events.
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
  mode: 'overlapping' | 'sequential' = 'sequential',
): () => Promise<void> {
  const inFlight = new Set<Promise<void>>()
  let timer: ReturnType<typeof setTimeout>
  let stopped = false

  const schedule = (ms: number) => {
    if (!stopped) timer = setTimeout(start, ms)
  }
  const start = () => {
    const work = runJob(job, deps, () => !stopped).then((result) => {
      inFlight.delete(work)
      if (mode === 'sequential') schedule(result === true ? secondMs : everyMs)
    })
    inFlight.add(work)
    if (mode === 'overlapping') schedule(everyMs)
  }
  schedule(everyMs)

  return async () => {
    stopped = true
    clearTimeout(timer)
    await Promise.all(inFlight)
  }
}
