import type { Meter } from '../meter.ts'
import type { Answer } from './answer.ts'
import type { Iamport } from './client.ts'

type Ask = (...wishes: never[]) => Promise<Answer<unknown>>

/** The same client, with every call timed. */
export function measureIamport(iamport: Iamport, meter: Meter): Iamport {
  const measured = Object.entries(iamport).map(([call, ask]) => [call, timed(call, ask as Ask, meter)])
  return Object.fromEntries(measured) as Iamport
}

function timed(call: string, ask: Ask, meter: Meter): Ask {
  return async (...wishes) => {
    const began = performance.now()
    const answer = await ask(...wishes)
    meter.asked(call, answer.ok ? 'ok' : answer.reason, (performance.now() - began) / 1000)
    return answer
  }
}
