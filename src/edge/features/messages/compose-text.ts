// Pure: a message for a telephone. An SMS holds 90 bytes and costs a third of an LMS, which holds 2,000 and has a
// subject of 40. Merchant, amount, time and address are never cut. The order's name may be shortened as long as it
// still says something; where even that does not fit, the whole message goes as LMS.

import type { TextMessage } from '../../platform/ports/messaging.ts'
import { type Described, describeMessage, type MessageSource } from './describe-message.ts'
import { countBytes, shorten, writable } from './euc-kr.ts'

const mostOfSms = 90
const mostOfLms = 2000
const mostOfSubject = 40
/** Three syllables and `…`. */
const leastOfOrder = 8

export function composeText(source: MessageSource, id: string, to: string): TextMessage {
  const described = describeMessage(source, true)
  const short = shortText(described)
  const { say, kind, merchant, language } = described
  if (short !== undefined) return { id, to, language, type: 'SMS', text: short }
  const title = (name: string) => writable(say(`${kind}.title`, { merchant: name }))
  const room = mostOfSubject - countBytes(title(''))
  return {
    id,
    to,
    language,
    type: 'LMS',
    subject: title(shorten(writable(merchant), room)),
    text: longText(described),
  }
}

function shortText(described: Described): string | undefined {
  const { say, kind, amount, url, shortExpiry: date } = described
  const merchant = writable(described.merchant)
  const order = writable(described.order)
  const write = (named: string) =>
    kind === 'receipt'
      ? say('receipt.short', { merchant, order: named, amount, url })
      : say(`${kind}.short`, { merchant, order: named, amount, date, url })
  const room = mostOfSms - countBytes(write(''))
  if (countBytes(order) > room && room < leastOfOrder) return undefined
  return write(shorten(order, room))
}

function longText(described: Described): string {
  const { say, kind, merchant, contact, url } = described
  const write = (facts: [string, string][]) =>
    writable(
      [
        say(`${kind}.intro`, { merchant }),
        facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
        url,
        ...(contact ? [contact] : []),
      ].join('\n\n'),
    )
  const whole = write(described.facts)
  // Only names far beyond any real one.
  return countBytes(whole) <= mostOfLms
    ? whole
    : write(described.facts.map(([name, value]) => [name, shorten(writable(value), 200)]))
}
