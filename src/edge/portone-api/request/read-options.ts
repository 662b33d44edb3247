// Whom a request asks to be written to, and when: the rules are those of the messages.

import { type MessageWish, readMessageWish } from '../../features/messages/message-request.ts'
import type { GlobalProblem } from '../../http/response/portone-errors.ts'
import type { Ways } from '../../platform/ports/messaging.ts'
import type { GlobalFields } from './request.ts'

/** @param expiresAt undefined: it could not be read */
export function readWish(
  fields: Partial<GlobalFields>,
  expiresAt = Number.POSITIVE_INFINITY,
  now: number,
  ways: Ways,
  problems: GlobalProblem[],
): MessageWish | undefined {
  // Nothing says the customer's language but where they are.
  const { country_code = fields.currency === 'KRW' ? 'KR' : '', merchant_details } = fields
  const language = country_code === 'KR' ? 'ko' : 'en'
  const seller = merchant_details?.name
  const read = readMessageWish(fields, { now, expiresAt, language, ways, ...(seller && { seller }) })
  if (read.ok) return read.wish
  problems.push(...read.problems.map((problem) => ({ ...problem, code: '4001' as const })))
  return undefined
}
