// Pure: a message for a telephone. An SMS holds 90 bytes and costs a third of an LMS, which holds 2,000 and has a
// subject of 40. Merchant, amount, time and address are never cut. The order's name may be shortened as long as it
// still says something; where even that does not fit, the whole message goes as LMS.

import type { TextMessage } from '../../platform/ports/messaging.ts'
import { describeMessage, type MessageSource, type MessageText } from './describe-message.ts'
import { countBytes, shorten, toEncodable } from './euc-kr.ts'

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
  const title = (name: string) => toEncodable(say(`${kind}.title`, { merchant: name }))
  const context = mostOfSubject - countBytes(title(''))
  return {
    id,
    to,
    language,
    type: 'LMS',
    subject: title(shorten(toEncodable(merchant), context)),
    text: longText(described),
  }
}

function shortText(described: MessageText): string | undefined {
  const { say, kind, amount, url, shortExpiry: date } = described
  const merchant = toEncodable(described.merchant)
  const order = toEncodable(described.order)
  const write = (named: string) =>
    kind === 'receipt'
      ? say('receipt.short', { merchant, order: named, amount, url })
      : say(`${kind}.short`, { merchant, order: named, amount, date, url })
  const context = mostOfSms - countBytes(write(''))
  if (countBytes(order) > context && context < leastOfOrder) return undefined
  return write(shorten(order, context))
}

function longText(described: MessageText): string {
  const { say, kind, merchant, contact, url } = described
  const write = (facts: [string, string][]) =>
    toEncodable(
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
    : write(described.facts.map(([name, value]) => [name, shorten(toEncodable(value), 200)]))
}
