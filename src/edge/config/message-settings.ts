// Settings for e-mail and SMS. Problems never repeat a value that may hold a password.

import { readEmail, readPhone } from '../platform/network/email-and-phone.ts'
import { readHttpUrl } from './env-values.ts'
import type { Sender } from './mail-sender.ts'

export type MailSettings = { from: Sender } & (
  | { by: 'smtp'; host: string; port: number; secure: boolean; user: string; password: string }
  | { by: 'api'; url: string; key: string }
)

/** SMS through Solapi. */
export interface SmsSettings {
  url: string
  key: string
  secret: string
  /** Sender number registered at Solapi, digits only. */
  from: string
}

export interface MessageSettings {
  mail: MailSettings | null
  sms: SmsSettings | null
}

type Take = (name: string) => string | undefined

export function readMessageSettings(take: Take, problems: string[]): MessageSettings {
  return { mail: readMail(take, problems), sms: readSms(take, problems) }
}

function readMail(take: Take, problems: string[]): MailSettings | null {
  const [smtp, key, url, from] = ['SMTP_URL', 'MAIL_API_KEY', 'MAIL_API_URL', 'MAIL_FROM'].map(take)
  if (smtp && key) problems.push('SMTP_URL and MAIL_API_KEY are two ways to send e-mail: set one')
  if (url && !key) problems.push('MAIL_API_URL needs MAIL_API_KEY')
  if (from && !smtp && !key) problems.push('MAIL_FROM needs SMTP_URL or MAIL_API_KEY')
  if (!smtp && !key) return null
  const sender = readSender(from)
  if (!sender)
    problems.push('MAIL_FROM must be an address like Shop <pay@shop.kr>, which e-mail is sent from')
  if (!smtp) {
    const api = readHttpUrl('MAIL_API_URL', url, 'https://api.resend.com/emails', problems)
    return sender && key ? { from: sender, by: 'api', url: api, key } : null
  }
  const server = readSmtpUrl(smtp)
  if (!server)
    problems.push(
      'SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465, without a path or query',
    )
  return sender && server ? { from: sender, by: 'smtp', ...server } : null
}

/** Parses `Shop <pay@shop.kr>`, `"Shop" <…>` or a bare address. */
function readSender(text: string | undefined): Sender | undefined {
  const [, quoted, plain, within, bare] =
    /^(?:(?:"([^"\p{Cc}]*)"|([^"<>\p{Cc}]*?))\s*<([^<>]+)>|([^<>\s]+))$/u.exec(text ?? '') ?? []
  const address = readEmail(within ?? bare)
  return address ? { name: (quoted ?? plain ?? '').trim(), address } : undefined
}

function readSmtpUrl(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isValid = url && /^smtps?:$/.test(url.protocol) && url.hostname && !url.search && !url.hash
  if (!isValid || !/^\/?$/.test(url.pathname)) return undefined
  const secure = url.protocol === 'smtps:'
  try {
    return {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(url.port || (secure ? 465 : 587)),
      secure,
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    }
  } catch {
    return undefined
  }
}

function readSms(take: Take, problems: string[]): SmsSettings | null {
  const names = ['SOLAPI_API_KEY', 'SOLAPI_API_SECRET', 'SMS_FROM'] as const
  if (!names.some(take)) {
    if (take('SOLAPI_API_URL')) problems.push('SOLAPI_API_URL needs SOLAPI_API_KEY')
    return null
  }
  const [key = '', secret = '', from] = names.map((name) => {
    const value = take(name)
    if (!value) problems.push(`${name} is missing: ${names.join(', ')} belong together`)
    return value
  })
  const number = readSenderNumber(from)
  if (from && !number) problems.push(`SMS_FROM must be a Korean telephone number, not "${from}"`)
  const url = readHttpUrl('SOLAPI_API_URL', take('SOLAPI_API_URL'), 'https://api.solapi.com', problems)
  return number ? { url, key, secret, from: number } : null
}

/** Also accepts service numbers without a leading 0 (`1588-1234`). */
function readSenderNumber(text: string | undefined): string | undefined {
  if (/^1\d{3}-?\d{4}$/.test(text ?? '')) return text?.replace('-', '')
  const number = readPhone(text)
  return number?.startsWith('+82') ? `0${number.slice(3)}` : undefined
}
