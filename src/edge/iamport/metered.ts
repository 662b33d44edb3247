import type { Metrics } from '../platform/observability/metrics.ts'
import type { Iamport } from './client.ts'
import type { IamportResult } from './result.ts'

type ClientMethod = (...args: never[]) => Promise<IamportResult<unknown>>
type Observer = (call: string, answer: IamportResult<unknown>, seconds: number) => void

/** Wraps the client to record the duration and result of each call. */
export function meterIamport(iamport: Iamport, metrics: Metrics): Iamport {
  return observeAnswers(iamport, (call, answer, seconds) =>
    metrics.calledUpstream(call, answer.ok ? 'ok' : answer.reason, seconds),
  )
}

/** Wraps the client to call `observe` with each result. */
export function observeAnswers(iamport: Iamport, observe: Observer): Iamport {
  const observed = Object.entries(iamport).map(([call, method]) => [
    call,
    withObserver(call, method as ClientMethod, observe),
  ])
  return Object.fromEntries(observed) as Iamport
}

function withObserver(call: string, method: ClientMethod, observe: Observer): ClientMethod {
  return async (...args) => {
    const startedAt = performance.now()
    const answer = await method(...args)
    observe(call, answer, (performance.now() - startedAt) / 1000)
    return answer
  }
}
