// Pure: reads and validates which messages a merchant wants to be sent to the customer.
import { z } from 'zod'
import type { Language } from '../../../contract/language.ts'
import type { FieldError } from '../../domain/field-error.ts'
import { readEmail, readPhone } from '../../platform/network/email-and-phone.ts'
import type { Channels } from '../../platform/ports/messaging.ts'

/** Messages of one link and their recipient; has `email`, `phone` or both. */
export interface MessageRequest {
  email?: string
  /** E.164: `+821012345678`. */
  phone?: string
  language: Language
  /** The merchant's name in the messages; default: the configured name. */
  seller?: string
  /** When the link is sent; undefined: never. Unix milliseconds. */
  send: { at: number } | undefined
  /** One reminder, this long before the link's expiry, unless it is paid. */
  remind: { before_ms: number } | undefined
  /** Whether a receipt is sent after the payment. */
  receipt: boolean
}

/** The relevant fields of `POST /api/paymentLink`; null and '' count as absent. */
export interface MessageFields {
  notify_by_email?: boolean | undefined
  notify_by_phone?: boolean | undefined
  send_immediately?: boolean | undefined
  /** ISO 8601 with a zone. */
  scheduled_date?: string | undefined
  reminder_time?: number | undefined
  reminder_time_unit?: string | undefined
  customer_details?: { email_address?: string | undefined; phone_number?: string | undefined } | undefined
  /** Fallback for `customer_details`. */
  billing_details?: { billing_email?: string | undefined; billing_phone?: string | undefined } | undefined
}

export interface MessageRequestContext {
  /** Unix milliseconds. */
  now: number
  expiresAt: number
  language: Language
  seller?: string
  /** The configured channels. */
  ways: Channels
}

/** Undefined `request`: no messages. Problems name fields as upstream spells them. */
export type ReadMessageRequest =
  | { ok: true; request: MessageRequest | undefined }
  | { ok: false; problems: FieldError[] }

const isoTime = z.iso.datetime({ offset: true })
const units = new Map<string, number>(
  Object.entries({ minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 }),
)

/**
 * Either `notify_…` flag requests the link, the receipt, and the reminder if it has a time. The link is sent at once
 * unless `scheduled_date` is set.
 */
export function readMessageRequest(
  fields: MessageFields,
  context: MessageRequestContext,
): ReadMessageRequest {
  const problems: FieldError[] = []
  const refuse = (path: string, message: string) =>
    void problems.push({ path, message: `${path} ${message}` })
  const { notify_by_email = false, notify_by_phone = false } = fields
  const at = readSending(fields, context, refuse)
  const before_ms = readReminder(fields, context, at, refuse)
  const given = {
    email: fields.customer_details?.email_address || fields.billing_details?.billing_email,
    phone: fields.customer_details?.phone_number || fields.billing_details?.billing_phone,
  }
  const { ways } = context
  const email = notify_by_email ? readEmail(given.email) : undefined
  const phone = notify_by_phone ? readPhone(given.phone) : undefined
  const mailField = 'customer_details.email_address'
  const phoneField = 'customer_details.phone_number'
  if (notify_by_email && !ways.email) refuse('notify_by_email', 'is not possible: this Dari has no MAIL_FROM')
  else if (notify_by_email && !given.email) refuse('notify_by_email', `needs ${mailField}`)
  else if (notify_by_email && !email) refuse(mailField, 'must be one e-mail address')
  if (notify_by_phone && !ways.phone) refuse('notify_by_phone', 'is not possible: this Dari has no SMS_FROM')
  else if (notify_by_phone && !given.phone) refuse('notify_by_phone', `needs ${phoneField}`)
  else if (notify_by_phone && !phone) refuse(phoneField, 'must be a number like +821012345678')
  else if (phone && ways.phone && !ways.phone(phone))
    refuse(phoneField, 'is in a country that this Dari cannot send SMS to')

  if (problems.length > 0) return { ok: false, problems }
  if (!email && !phone) return { ok: true, request: undefined }
  const { language, seller } = context
  const request: MessageRequest = {
    ...(email && { email }),
    ...(phone && { phone }),
    language,
    ...(seller && { seller }),
    send: { at },
    remind: before_ms === undefined ? undefined : { before_ms },
    receipt: true,
  }
  return { ok: true, request }
}

type Refuse = (path: string, message: string) => void

/** @returns when the link is sent, in unix milliseconds; reports wrong fields through `refuse` */
function readSending(
  fields: MessageFields,
  { now, expiresAt }: MessageRequestContext,
  refuse: Refuse,
): number {
  const { send_immediately, scheduled_date } = fields
  const notify = fields.notify_by_email || fields.notify_by_phone
  if (!scheduled_date) {
    if (notify && send_immediately === false)
      refuse('scheduled_date', 'is required when send_immediately is false')
    return now
  }
  const at = isoTime.safeParse(scheduled_date).success ? Date.parse(scheduled_date) : undefined
  if (send_immediately) refuse('scheduled_date', 'must not stand beside send_immediately')
  else if (at === undefined) refuse('scheduled_date', 'must be an ISO 8601 time with a zone')
  else if (at <= now) refuse('scheduled_date', 'must be in the future')
  else if (at >= expiresAt) refuse('scheduled_date', 'must be before the link expires (expiry_date)')
  return at ?? now
}

/** @returns milliseconds before the expiry; undefined without a reminder */
function readReminder(
  { reminder_time, reminder_time_unit }: MessageFields,
  { expiresAt }: MessageRequestContext,
  sendAt: number,
  refuse: Refuse,
): number | undefined {
  // Some clients always fill in both fields: 0 means no reminder.
  if (!reminder_time) return undefined
  const unit = units.get((reminder_time_unit ?? '').trim().toLowerCase().replace(/s$/, ''))
  if (!reminder_time_unit) refuse('reminder_time_unit', 'is required with reminder_time')
  else if (unit === undefined) refuse('reminder_time_unit', 'must be minutes, hours, days or weeks')
  const before_ms = Math.round(reminder_time * (unit ?? 0))
  if (!(reminder_time > 0)) refuse('reminder_time', 'must be more than 0')
  else if (expiresAt - before_ms <= sendAt)
    refuse('reminder_time', 'must be less than the time from the sending of the link to expiry_date')
  return before_ms
}
