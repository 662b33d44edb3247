// Pure: decides whether a payment came through one of the order's own payment windows; others are never refunded or
// rejected (docs/decisions/payment-origin.md). The order number proves nothing, because the shop's own checkout,
// console and subscriptions use the same one.
import type { Payment } from '../../iamport/payment.ts'
import type { Link } from '../links/link.ts'
import { clockToleranceMs } from './clock-tolerance.ts'
import { maxWindowMs } from './reconcile-schedule.ts'

/** A permission to open a payment window. Times in unix milliseconds. */
export interface Permission {
  /** Random; passed to the window as the mark of its payments. */
  id: string
  link_id: string
  method_key: string
  granted_at: number
  holds_until: number
  /** Null: the outcome of its window is not known yet. */
  ended_at: number | null
}

/**
 * `window`: has the mark of a permission that was open when the payment started. `likely`: has no known mark, but
 * nothing contradicts a window of `link_id`. `elsewhere`: neither.
 */
export type Origin =
  | { from: 'window'; link_id: string; permission: Permission }
  | { from: 'likely'; link_id: string }
  | { from: 'elsewhere'; link_id?: undefined }

/** Key of the mark in the `custom_data` passed to the window. */
export const originMarkKey = 'dari_checkout'

const elsewhere: Origin = { from: 'elsewhere' }

type LinkInWindow = Pick<Link, 'id' | 'name' | 'custom_data' | 'created_at' | 'registration'>

interface OrderLink {
  link: LinkInWindow
  /** The order's latest link. */
  current: boolean
}

/** @returns the permission's id in `custom_data`, even if the JSON was encoded twice on the way */
export function readOriginMark(customData: string | null): string | undefined {
  const once = parseOrText(customData)
  const data = typeof once === 'string' ? parseOrText(once) : once
  const mark = isObject(data) ? data[originMarkKey] : undefined
  return typeof mark === 'string' && /^[\da-f]{32}$/.test(mark) ? mark : undefined
}

/** Adds the mark to the merchant's `custom_data`. Values other than JSON objects are passed on unmarked. */
export function withOriginMark(customData: string | null, mark: string): unknown {
  const own = parseOrText(customData)
  return isObject(own) ? { ...own, [originMarkKey]: mark } : own
}

/**
 * @param permissions the one of the payment's mark, and those of its order that were open when the payment started
 * @param order the order's current link, and the links of the permissions
 */
export function originOf(payment: Payment, permissions: Permission[], order: OrderLink[]): Origin {
  const mark = readOriginMark(payment.custom_data)
  const marked = permissions.find(({ id }) => id === mark)
  if (marked) {
    const { link_id } = marked
    const own = order.find(({ link }) => link.id === link_id)?.link
    // A mark alone is no proof: the shop's server can copy `custom_data` into a charge of its own.
    if (!own || !wasOpen(marked, payment) || !mayBeCharged(own, payment, 'marked')) return elsewhere
    return { from: 'window', link_id, permission: marked }
  }
  const { started_at } = payment
  if (started_at === null) return elsewhere
  const candidates = mark
    ? // The permission of the mark is unknown after an older backup was restored.
      order.filter(({ link, current }) => current && started_at >= link.created_at - clockToleranceMs)
    : permissions
        .filter((permission) => wasOpen(permission, payment))
        .toSorted((a, b) => b.granted_at - a.granted_at)
        .flatMap(({ link_id }) => order.filter(({ link }) => link.id === link_id))
  const likely = candidates.find(({ link }) => matchesWindow(link, payment))
  return likely ? { from: 'likely', link_id: likely.link.id } : elsewhere
}

/** True if the permission was open when the payment started, or, without a start time, if the approval came in time. */
function wasOpen({ granted_at, holds_until }: Permission, payment: Payment): boolean {
  const { started_at, vbank_issued_at, paid_at } = payment
  const at = started_at ?? vbank_issued_at ?? paid_at
  if (at === null) return true
  const until = started_at === null ? holds_until + maxWindowMs : holds_until
  return at >= granted_at - clockToleranceMs && at <= until + clockToleranceMs
}

/**
 * REST payments come from the shop's console and subscriptions; Dari charges by REST only in card forms. Without a
 * `customer_uid` the mark is proof enough.
 */
function mayBeCharged(
  { registration }: LinkInWindow,
  payment: Payment,
  proof: 'marked' | 'unmarked',
): boolean {
  const { channel, customer_uid } = payment
  if (channel !== 'api') return true
  if (!registration?.form) return false
  return customer_uid === null ? proof === 'marked' : customer_uid === registration.customer_uid
}

/** Every field that i'mport returned equals the value passed to the window; missing fields match. */
function matchesWindow(link: LinkInWindow, payment: Payment): boolean {
  const { name, custom_data } = payment
  // Stryker disable next-line StringLiteral: any text other than 'marked' behaves the same.
  if (!mayBeCharged(link, payment, 'unmarked')) return false
  if (name !== null && name !== link.name) return false
  const own = withoutMark(custom_data)
  return own === null || own === withoutMark(link.custom_data)
}

/** Normalised JSON; null if there is nothing but a mark. */
function withoutMark(customData: string | null): string | null {
  const value = parseOrText(customData)
  if (!isObject(value) || (originMarkKey in value && !readOriginMark(customData)))
    return JSON.stringify(value)
  const { [originMarkKey]: _, ...own } = value
  return Object.keys(own).length === 0 ? null : JSON.stringify(own)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseOrText(text: string | null): unknown {
  try {
    return text === null ? {} : JSON.parse(text)
  } catch {
    return text
  }
}
