// Pure: the expiry of a request. `expiry_hours` comes from older clients of upstream.

import type { PortoneFieldError } from '../../http/response/portone-errors.ts'
import { readTime } from '../../routes/link-request/expiry.ts'
import type { PortoneLinkFields } from './request.ts'

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs
/** Upstream's links may have no end. These must, because a payment years later fits no order any more. */
const maxMs = 366 * dayMs
const defaultMs = 365 * dayMs

/** @returns unix milliseconds; undefined if invalid, reported in `problems` */
export function readPortoneExpiry(
  { expiry_date, expiry_hours }: Pick<Partial<PortoneLinkFields>, 'expiry_date' | 'expiry_hours'>,
  now: number,
  problems: PortoneFieldError[],
): number | undefined {
  const path = expiry_date === undefined && expiry_hours !== undefined ? 'expiry_hours' : 'expiry_date'
  const given =
    expiry_date === undefined
      ? now + (expiry_hours === undefined ? defaultMs : expiry_hours * hourMs)
      : isoTime(expiry_date)
  const wrong = (why: string) => {
    problems.push({ path, message: `${path} ${why}`, code: '4001' })
    return undefined
  }
  if (given === undefined) return wrong('must be an ISO 8601 time with a zone')
  if (given <= now) return wrong('must be in the future')
  if (given > now + maxMs) return wrong('must be at most one year away')
  return given
}

/** Excludes unix seconds, which `readTime` accepts. */
const isoTime = (text: string) => (/^\d+$/.test(text.trim()) ? undefined : readTime(text))
