// Pure: the contents of a message: only its order, no advertising, no buyer data.

import { formatDateTime, homeZone } from '../../../contract/date-time.ts'
import { messageTranslator, type TranslateMessage } from '../../../contract/i18n/resolve-messages.ts'
import type { Language } from '../../../contract/language.ts'
import type { Label } from '../../../contract/links/link-view.ts'
import { currencyOf } from '../../../contract/money/currency.ts'
import { formatMoney } from '../../../contract/money/money.ts'
import type { Merchant } from '../../config/merchants.ts'
import type { Link } from '../../domain/links/link.ts'
import type { MessageKind } from '../../domain/messages/message.ts'

export interface MessageSource {
  kind: MessageKind
  language: Language
  seller: string | null
  path: string
  link: Link
  merchant: Merchant | undefined
  publicUrl: string
}

export interface MessageText {
  kind: MessageKind
  language: Language
  t: TranslateMessage
  merchant: string
  amount: string
  order: string
  /** Rows of the message, in order. */
  facts: [name: string, value: string][]
  /** The merchant's contact, if configured. */
  contact: string | null
  url: string
  /** Expiry in its shortest form, in Korean time. */
  shortExpiry: string
}

export function describeMessage(source: MessageSource, asText = false): MessageText {
  const { kind, language, link, merchant } = source
  const t = messageTranslator(language)
  const amount = asText ? plainMoney(link, language) : formatMoney(link.amount, link.currency, language)
  const name = source.seller ?? labelIn(merchant?.name, language) ?? link.title
  const when = (at: number) => formatDateTime(new Date(at).toISOString(), language, homeZone)
  const { payment } = link
  const method = labelIn(link.methods.find(({ key }) => key === payment?.method_key)?.label, language)
  const facts: [string, string | undefined][] =
    kind === 'receipt'
      ? [
          [t('bill.amount'), amount],
          [t('paid.method'), method],
          [t('paid.at'), when(payment?.paid_at ?? link.created_at)],
          [t('bill.order'), link.name],
          [t('bill.orderNumber'), link.merchant_uid],
        ]
      : [
          [t('bill.amount'), amount],
          [t('bill.order'), link.name],
          [t('bill.orderNumber'), link.merchant_uid],
          [t('message.expiry'), when(link.expires_at)],
        ]
  return {
    kind,
    language,
    t,
    merchant: name,
    amount,
    order: link.name,
    facts: facts.filter((fact): fact is [string, string] => fact[1] !== undefined),
    contact: merchant?.contact ? t('app.contact', { merchant: name, contact: merchant.contact }) : null,
    url: `${source.publicUrl}/${encodeURIComponent(source.path)}`,
    shortExpiry: shortWhen(link.expires_at, language),
  }
}

function labelIn(label: Label | undefined, language: Language): string | undefined {
  return typeof label === 'object' ? label[language] : label
}

/** `USD 12.50`, because SMS cannot encode most currency signs. Korean won keeps its usual form. */
function plainMoney({ amount, currency }: Link, language: Language): string {
  if (currency === 'KRW' && language === 'ko') return formatMoney(amount, currency, language)
  return `${currency} ${formatMoney(amount, currency, 'en').slice(currencyOf(currency).symbol.length)}`
}

/** `11/21 15:00`, `21 Nov 15:00 KST`. */
function shortWhen(at: number, language: Language): string {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: homeZone,
    month: language === 'ko' ? 'numeric' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  for (const { type, value } of format.formatToParts(at)) parts[type] = value
  const { month, day, hour, minute } = parts
  return language === 'ko' ? `${month}/${day} ${hour}:${minute}` : `${day} ${month} ${hour}:${minute} KST`
}
