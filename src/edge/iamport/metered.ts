import type { Metrics } from '../platform/observability/metrics.ts'
import type { Iamport } from './client.ts'
import type { IamportResult } from './result.ts'

type Ask = (...wishes: never[]) => Promise<IamportResult<unknown>>
type Observer = (call: string, answer: IamportResult<unknown>, seconds: number) => void

/** The same client, with every call timed. */
export function meterIamport(iamport: Iamport, meter: Metrics): Iamport {
  return observeAnswers(iamport, (call, answer, seconds) =>
    meter.asked(call, answer.ok ? 'ok' : answer.reason, seconds),
  )
}

/** The same client; `observe` is called with every answer. */
export function observeAnswers(iamport: Iamport, observe: Observer): Iamport {
  const observed = Object.entries(iamport).map(([call, ask]) => [
    call,
    withObserver(call, ask as Ask, observe),
  ])
  return Object.fromEntries(observed) as Iamport
}

function withObserver(call: string, ask: Ask, observe: Observer): Ask {
  return async (...wishes) => {
    const began = performance.now()
    const answer = await ask(...wishes)
    observe(call, answer, (performance.now() - began) / 1000)
    return answer
  }
}
