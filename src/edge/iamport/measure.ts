import type { Meter } from '../meter.ts'
import type { Answer } from './answer.ts'
import type { Iamport } from './client.ts'

type Ask = (...wishes: never[]) => Promise<Answer<unknown>>
type Heard = (call: string, answer: Answer<unknown>, seconds: number) => void

/** The same client, with every call timed. */
export function measureIamport(iamport: Iamport, meter: Meter): Iamport {
  return hearAnswers(iamport, (call, answer, seconds) =>
    meter.asked(call, answer.ok ? 'ok' : answer.reason, seconds),
  )
}

/** The same client, whose every answer somebody else hears as well. */
export function hearAnswers(iamport: Iamport, heard: Heard): Iamport {
  const overheard = Object.entries(iamport).map(([call, ask]) => [call, overhear(call, ask as Ask, heard)])
  return Object.fromEntries(overheard) as Iamport
}

function overhear(call: string, ask: Ask, heard: Heard): Ask {
  return async (...wishes) => {
    const began = performance.now()
    const answer = await ask(...wishes)
    heard(call, answer, (performance.now() - began) / 1000)
    return answer
  }
}
