// Pure: the times of a request. `expiry_hours` stands in older clients of upstream.
import { readTime } from '../doors/expiry.ts'
import type { MessageWish } from './message-wish.ts'
import type { GlobalProblem } from './problem.ts'
import type { GlobalFields } from './request.ts'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
/** Upstream's links end never unless told. Ours must: money that comes years later is nobody's order any more. */
const longestMs = 366 * dayMs
const usualMs = 365 * dayMs

const unitMs = { minute: 60_000, hour: hourMs, day: dayMs, week: 7 * dayMs }

/** @returns unix milliseconds, where it could be read */
export function readExpiry(
  { expiry_date, expiry_hours }: Pick<Partial<GlobalFields>, 'expiry_date' | 'expiry_hours'>,
  now: number,
  problems: GlobalProblem[],
): number | undefined {
  const path = expiry_date === undefined && expiry_hours !== undefined ? 'expiry_hours' : 'expiry_date'
  const given =
    expiry_date === undefined
      ? now + (expiry_hours === undefined ? usualMs : expiry_hours * hourMs)
      : isoTime(expiry_date)
  const wrong = (why: string) => {
    problems.push({ path, message: `${path} ${why}`, code: '4001' })
    return undefined
  }
  if (given === undefined) return wrong('must be an ISO 8601 time with a zone')
  if (given <= now) return wrong('must be in the future')
  if (given > now + longestMs) return wrong('must be at most one year away')
  return given
}

/** Unix seconds are no ISO 8601, whatever else reads them. */
const isoTime = (text: string) => (/^\d+$/.test(text.trim()) ? undefined : readTime(text))

/** Whom to write to and when, as far as the request says so and can be held to it. */
export function readWish(
  fields: Partial<GlobalFields>,
  expiresAt: number | undefined,
  now: number,
  problems: GlobalProblem[],
): MessageWish {
  const { customer_details, billing_details, reminder_time, reminder_time_unit } = fields
  const wrong = (path: string, why: string) =>
    problems.push({ path, message: `${path} ${why}`, code: '4001' })
  const email = customer_details?.email_address ?? billing_details?.billing_email
  const phone = customer_details?.phone_number ?? billing_details?.billing_phone
  if (fields.notify_by_email && !email)
    wrong('notify_by_email', 'needs customer_details.email_address: there is nowhere to write to')
  if (fields.notify_by_phone && !phone)
    wrong('notify_by_phone', 'needs customer_details.phone_number: there is nowhere to write to')

  const scheduled_at = fields.scheduled_date === undefined ? null : isoTime(fields.scheduled_date)
  if (scheduled_at === undefined) wrong('scheduled_date', 'must be an ISO 8601 time with a zone')
  else if (scheduled_at !== null && scheduled_at <= now && !fields.send_immediately)
    wrong('scheduled_date', 'must be in the future')
  else if (scheduled_at !== null && expiresAt !== undefined && scheduled_at >= expiresAt)
    wrong('scheduled_date', 'must be before the link expires')

  if (reminder_time !== undefined && !reminder_time_unit)
    wrong('reminder_time_unit', 'is required with reminder_time')
  const unit = reminder_time_unit?.replace(/s$/, '') as keyof typeof unitMs | undefined
  const before = reminder_time === undefined || !unit ? null : Math.round(reminder_time * unitMs[unit])
  if (before !== null && expiresAt !== undefined && expiresAt - before <= now)
    wrong('reminder_time', 'must be less than the time until the link expires')
  return {
    email: (fields.notify_by_email && email) || null,
    phone: (fields.notify_by_phone && phone) || null,
    send_immediately: fields.send_immediately ?? false,
    scheduled_at: scheduled_at ?? null,
    remind_before_ms: before,
  }
}
