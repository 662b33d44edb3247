// Whom a request asks to be written to, and when: the rules are those of the messages.

import { type MessageRequest, readMessageRequest } from '../../features/messages/message-request.ts'
import type { PortoneFieldError } from '../../http/response/portone-errors.ts'
import type { Channels } from '../../platform/ports/messaging.ts'
import type { PortoneLinkFields } from './request.ts'

/** @param expiresAt undefined: it could not be read */
export function readOptions(
  fields: Partial<PortoneLinkFields>,
  expiresAt = Number.POSITIVE_INFINITY,
  now: number,
  ways: Channels,
  problems: PortoneFieldError[],
): MessageRequest | undefined {
  // Nothing says the customer's language but where they are.
  const { country_code = fields.currency === 'KRW' ? 'KR' : '', merchant_details } = fields
  const language = country_code === 'KR' ? 'ko' : 'en'
  const seller = merchant_details?.name
  const read = readMessageRequest(fields, { now, expiresAt, language, ways, ...(seller && { seller }) })
  if (read.ok) return read.wish
  problems.push(...read.problems.map((problem) => ({ ...problem, code: '4001' as const })))
  return undefined
}
