// The permissions that customers were given, and what they prove of a payment: an independent implementation
// of the rule in src/edge/docs/decisions/payment-origin.md.
import type { RequestPayParams } from '../../src/contract/links/request-pay.ts'
import type { LinksTable } from '../../src/edge/store/sql/tables.ts'
import type { Attempt, Payment } from './attempt.ts'
import { toleranceMs } from './clock.ts'

/** A permission to open a payment window, as the page received it. */
export interface Window {
  linkId: string
  store: string
  visitor: string
  /** Undefined if the merchant's `custom_data` is not an object and has no room for a mark. */
  mark: string | undefined
  params: RequestPayParams
  grantedAt: number
  holdsUntil: number
  /** Number of attempts with its parameters; the page makes only one. */
  uses: number
  /** The page opened it and reported so. */
  byPage: boolean
}

interface Marked {
  dari_checkout?: unknown
}

const fieldsOf = (text: string | null): unknown => (text === null ? {} : JSON.parse(text))

export function markOf(customData: unknown): string | undefined {
  const mark = (customData as Marked | null)?.dari_checkout
  return typeof mark === 'string' ? mark : undefined
}

/** By i'mport's start time. */
const wasOpenAt = ({ grantedAt, holdsUntil }: Window, { started_at }: Payment): boolean =>
  started_at * 1000 >= grantedAt - toleranceMs && started_at * 1000 <= holdsUntil + toleranceMs

const isOfOrder = (window: Window, { store, payment }: Attempt): boolean =>
  window.store === store && window.params.merchant_uid === payment.merchant_uid

/** Opened once, for its own order, as only the page does. */
export const isByPage = ({ window, payment }: Attempt): boolean =>
  window !== undefined && window.uses === 1 && window.params.merchant_uid === payment.merchant_uid

/** The window of its order with the payment's mark, if it was open when the payment was started. */
export function provenWindow(attempt: Attempt, windows: Window[]): Window | undefined {
  const mark = markOf(fieldsOf(attempt.payment.custom_data))
  // A charge through REST is the shop's own, with or without a mark.
  if (mark === undefined || attempt.payment.channel === 'api') return undefined
  return windows.find(
    (window) => window.mark === mark && isOfOrder(window, attempt) && wasOpenAt(window, attempt.payment),
  )
}

/** Likely: no mark proves a window of the order, and nothing contradicts one. */
export function isLikely(attempt: Attempt, windows: Window[], current: LinksTable): boolean {
  const { payment } = attempt
  if (payment.channel === 'api' || (payment.name !== null && payment.name !== current.name)) return false
  const { dari_checkout, ...own } = withoutList(fieldsOf(payment.custom_data))
  const isBare = Object.keys(own).length === 0
  if (!isBare && JSON.stringify(own) !== JSON.stringify(withoutList(fieldsOf(current.custom_data))))
    return false
  if (windows.some(({ mark }) => mark !== undefined && mark === dari_checkout)) return false
  return dari_checkout === undefined
    ? windows.some((window) => isOfOrder(window, attempt) && wasOpenAt(window, payment))
    : payment.started_at * 1000 >= current.created_at - toleranceMs
}

/** Wraps a list in an object, so that both compare alike. */
const withoutList = (value: unknown): Record<string, unknown> =>
  Array.isArray(value) ? { list: value } : (value as Record<string, unknown>)
