import type { IamportResult } from './result.ts'

/** Consecutive calls without a response after which i'mport counts as unavailable. */
const maxUnanswered = 3

/** Concurrency limit for calls to i'mport: grows by one with each response, drops to one after a missing one. */
export interface AdaptiveLimit {
  concurrency(): number
  isUnavailable(): boolean
  observe(answer: IamportResult<unknown>): void
}

export function createAdaptiveLimit(maxConcurrency: number): AdaptiveLimit {
  let concurrency = 1
  let unanswered = 0
  return {
    concurrency: () => concurrency,
    isUnavailable: () => unanswered >= maxUnanswered,
    observe(answer) {
      const isAnswered = answer.ok || answer.reason !== 'unreachable' || answer.unreadable !== undefined
      unanswered = isAnswered ? 0 : unanswered + 1
      concurrency = isAnswered ? Math.min(maxConcurrency, concurrency + 1) : 1
    },
  }
}
