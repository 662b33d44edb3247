// Reads the messages that a request asks for, by the rules of features/messages.

import { type MessageRequest, readMessageRequest } from '../../features/messages/message-request.ts'
import type { PortoneFieldError } from '../../http/response/portone-errors.ts'
import type { Channels } from '../../platform/ports/messaging.ts'
import type { PortoneLinkFields } from './request.ts'

/** @param expiresAt infinite if the expiry is invalid */
export function readOptions(
  fields: Partial<PortoneLinkFields>,
  expiresAt = Number.POSITIVE_INFINITY,
  now: number,
  channels: Channels,
  problems: PortoneFieldError[],
): MessageRequest | undefined {
  // The request has no language: it follows from country or currency.
  const { country_code = fields.currency === 'KRW' ? 'KR' : '', merchant_details } = fields
  const language = country_code === 'KR' ? 'ko' : 'en'
  const seller = merchant_details?.name
  const read = readMessageRequest(fields, {
    now,
    expiresAt,
    language,
    ways: channels,
    ...(seller && { seller }),
  })
  if (read.ok) return read.request
  problems.push(...read.problems.map((problem) => ({ ...problem, code: '4001' as const })))
  return undefined
}
