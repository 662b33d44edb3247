// Pure: composes a message as SMS (90 bytes) or LMS (2,000 bytes, subject of 40, three times the price). Merchant,
// amount, time and URL are never cut. The order's name may be shortened to at least `minOrderBytes`; if that does not
// fit, the message becomes an LMS.

import type { TextMessage } from '../../platform/ports/messaging.ts'
import { describeMessage, type MessageSource, type MessageText } from './describe-message.ts'
import { countBytes, shorten, toEncodable } from './euc-kr.ts'

const maxSmsBytes = 90
const maxLmsBytes = 2000
const maxSubjectBytes = 40
/** Three syllables and `…`. */
const minOrderBytes = 8

export function composeText(source: MessageSource, id: string, to: string): TextMessage {
  const described = describeMessage(source, true)
  const short = shortText(described)
  const { t, kind, merchant, language } = described
  if (short !== undefined) return { id, to, language, type: 'SMS', text: short }
  const title = (name: string) => toEncodable(t(`${kind}.title`, { merchant: name }))
  const available = maxSubjectBytes - countBytes(title(''))
  return {
    id,
    to,
    language,
    type: 'LMS',
    subject: title(shorten(toEncodable(merchant), available)),
    text: longText(described),
  }
}

function shortText(described: MessageText): string | undefined {
  const { t, kind, amount, url, shortExpiry: date } = described
  const merchant = toEncodable(described.merchant)
  const order = toEncodable(described.order)
  const write = (named: string) =>
    kind === 'receipt'
      ? t('receipt.short', { merchant, order: named, amount, url })
      : t(`${kind}.short`, { merchant, order: named, amount, date, url })
  const available = maxSmsBytes - countBytes(write(''))
  if (countBytes(order) > available && available < minOrderBytes) return undefined
  return write(shorten(order, available))
}

function longText(described: MessageText): string {
  const { t, kind, merchant, contact, url } = described
  const write = (facts: [string, string][]) =>
    toEncodable(
      [
        t(`${kind}.intro`, { merchant }),
        facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
        url,
        ...(contact ? [contact] : []),
      ].join('\n\n'),
    )
  const whole = write(described.facts)
  // Only with names far longer than real ones.
  return countBytes(whole) <= maxLmsBytes
    ? whole
    : write(described.facts.map(([name, value]) => [name, shorten(toEncodable(value), 200)]))
}
