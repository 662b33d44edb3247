// Pure: did a payment come through one of its order's own payment windows? Only money that did is ever judged
// (decisions/payment-origin.md): an order number alone proves nothing, because the shop's own checkout, its
// console and its subscriptions use the same one.
import type { Payment } from '../../iamport/payment.ts'
import type { Link } from '../links/link.ts'
import { clockToleranceMs } from './clock-tolerance.ts'
import { maxWindowMs } from './reconcile-schedule.ts'

/** A permission to open a payment window. Times in unix milliseconds. */
export interface Permission {
  /** Random, and handed to nobody but the page that was permitted: the mark of what its window starts. */
  id: string
  link_id: string
  method_key: string
  granted_at: number
  holds_until: number
  /** Null: it is not known how its window ended. */
  ended_at: number | null
}

/**
 * `window`: the payment bears the mark of a permission that was open when it was started. `likely`: it bears no mark
 * that is known here, and nothing contradicts a window of `link_id`. `elsewhere`: neither.
 */
export type Origin =
  | { from: 'window'; link_id: string; permission: Permission }
  | { from: 'likely'; link_id: string }
  | { from: 'elsewhere'; link_id?: undefined }

/** The key beside the merchant's own `custom_data` under which a window is handed its mark. */
export const originMarkKey = 'dari_checkout'

const elsewhere: Origin = { from: 'elsewhere' }

type Handed = Pick<Link, 'id' | 'name' | 'custom_data' | 'created_at' | 'registration'>

interface Ordered {
  link: Handed
  /** The order's latest. */
  current: boolean
}

/** @returns the permission's id that `custom_data` names, also where the object was encoded once more on its way */
export function readOriginMark(customData: string | null): string | undefined {
  const once = parse(customData)
  const data = typeof once === 'string' ? parse(once) : once
  const mark = isObject(data) ? data[originMarkKey] : undefined
  return typeof mark === 'string' && /^[\da-f]{32}$/.test(mark) ? mark : undefined
}

/**
 * What the window is handed as `custom_data`: the merchant's own fields and the mark. What is no JSON object
 * stays as the merchant wrote it, unmarked.
 */
export function withOriginMark(customData: string | null, mark: string): unknown {
  const own = parse(customData)
  return isObject(own) ? { ...own, [originMarkKey]: mark } : own
}

/**
 * @param permissions that of the payment's mark, and those of its order that were open when it was started
 * @param order links of it: the current one, and those of the permissions
 */
export function originOf(payment: Payment, permissions: Permission[], order: Ordered[]): Origin {
  const mark = readOriginMark(payment.custom_data)
  const marked = permissions.find(({ id }) => id === mark)
  if (marked) {
    const { link_id } = marked
    const own = order.find(({ link }) => link.id === link_id)?.link
    // A shop's server can copy what it reads at upstream into a charge of its own.
    if (!own || !wasOpen(marked, payment) || !mayBeCharged(own, payment, 'marked')) return elsewhere
    return { from: 'window', link_id, permission: marked }
  }
  const { started_at } = payment
  if (started_at === null) return elsewhere
  const candidates = mark
    ? // Its permission is not known: a backup was put back that is older than the permission.
      order.filter(({ link, current }) => current && started_at >= link.created_at - clockToleranceMs)
    : permissions
        .filter((permission) => wasOpen(permission, payment))
        .toSorted((a, b) => b.granted_at - a.granted_at)
        .flatMap(({ link_id }) => order.filter(({ link }) => link.id === link_id))
  const likely = candidates.find(({ link }) => isWhatWasHanded(link, payment))
  return likely ? { from: 'likely', link_id: likely.link.id } : elsewhere
}

/** Was it open when the payment was started? Where that is not told, a mark and an approval in good time do. */
function wasOpen({ granted_at, holds_until }: Permission, payment: Payment): boolean {
  const { started_at, vbank_issued_at, paid_at } = payment
  const at = started_at ?? vbank_issued_at ?? paid_at
  if (at === null) return true
  const until = started_at === null ? holds_until + maxWindowMs : holds_until
  return at >= granted_at - clockToleranceMs && at <= until + clockToleranceMs
}

/**
 * By REST the shop's console and its subscriptions charge, and Dari only a card that is typed into its page: which
 * the mark tells, too, where upstream does not name the card.
 */
function mayBeCharged({ registration }: Handed, payment: Payment, proof: 'marked' | 'unmarked'): boolean {
  const { channel, customer_uid } = payment
  if (channel !== 'api') return true
  if (!registration?.form) return false
  return customer_uid === null ? proof === 'marked' : customer_uid === registration.customer_uid
}

/** Upstream may leave a field out, but whatever it says is what the window was handed. */
function isWhatWasHanded(link: Handed, payment: Payment): boolean {
  const { name, custom_data } = payment
  // Stryker disable next-line StringLiteral: every other text but 'marked' says the same.
  if (!mayBeCharged(link, payment, 'unmarked')) return false
  if (name !== null && name !== link.name) return false
  const own = withoutMark(custom_data)
  return own === null || own === withoutMark(link.custom_data)
}

/** One spelling for the same JSON; null where nothing but a mark is there. */
function withoutMark(customData: string | null): string | null {
  const value = parse(customData)
  if (!isObject(value) || (originMarkKey in value && !readOriginMark(customData)))
    return JSON.stringify(value)
  const { [originMarkKey]: _, ...own } = value
  return Object.keys(own).length === 0 ? null : JSON.stringify(own)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(text: string | null): unknown {
  try {
    return text === null ? {} : JSON.parse(text)
  } catch {
    return text
  }
}
