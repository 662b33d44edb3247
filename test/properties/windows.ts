// The permissions that customers were given, and what they prove of a payment: the rule of
// src/edge/docs/decisions/payment-origin.md once more, in words of its own.
import type { RequestPayParams } from '../../src/contract/links/request-pay.ts'
import type { LinksTable } from '../../src/edge/store/sql/tables.ts'
import type { Attempt, Payment } from './attempt.ts'
import { toleranceMs } from './clock.ts'

/** A permission to open a payment window, as the page had it. */
export interface Window {
  linkId: string
  store: string
  visitor: string
  /** Undefined where the merchant's own `custom_data` is no object and can carry none. */
  mark: string | undefined
  params: RequestPayParams
  grantedAt: number
  holdsUntil: number
  /** Attempts that were made with its parameters: more than one is nothing that the page does. */
  uses: number
  /** The page opened it and said so; who copies its parameters says nothing. */
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

/** By upstream's own word for when it was started. */
const wasOpenAt = ({ grantedAt, holdsUntil }: Window, { started_at }: Payment): boolean =>
  started_at * 1000 >= grantedAt - toleranceMs && started_at * 1000 <= holdsUntil + toleranceMs

const isOfOrder = (window: Window, { store, payment }: Attempt): boolean =>
  window.store === store && window.params.merchant_uid === payment.merchant_uid

/** It was opened once, for its own order. Whoever takes its parameters out of the page does what no page does. */
export const isByPage = ({ window, payment }: Attempt): boolean =>
  window !== undefined && window.uses === 1 && window.params.merchant_uid === payment.merchant_uid

/** The window of its order whose mark the payment bears, if that was open when the payment was started. */
export function provenWindow(attempt: Attempt, windows: Window[]): Window | undefined {
  const mark = markOf(fieldsOf(attempt.payment.custom_data))
  // A charge by REST is the shop's own, whatever it copies.
  if (mark === undefined || attempt.payment.channel === 'api') return undefined
  return windows.find(
    (window) => window.mark === mark && isOfOrder(window, attempt) && wasOpenAt(window, attempt.payment),
  )
}

/** Nothing proves that it came through a window of the order, and nothing contradicts that either. */
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

/** A list as an object, so that both compare alike. */
const withoutList = (value: unknown): Record<string, unknown> =>
  Array.isArray(value) ? { list: value } : (value as Record<string, unknown>)
