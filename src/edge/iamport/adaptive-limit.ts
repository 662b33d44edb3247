import type { IamportResult } from './result.ts'

/** Consecutive calls without an answer after which i'mport counts as unavailable: each may have run into the timeout. */
const maxUnanswered = 3

/** Concurrency limit for calls to i'mport: grows by one with each answer, falls back to one when an answer is missing. */
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
