// Pure: chooses the link of an order that a payment belongs to.

import type { Link, Sibling } from '../../domain/links/link.ts'
import { clockToleranceMs } from '../../domain/payments/clock-tolerance.ts'
import { compareMoney } from '../../domain/payments/compare-money.ts'
import type { Origin } from '../../domain/payments/payment-origin.ts'
import type { Payment } from '../../iamport/payment.ts'

export interface Owner {
  link: Link
  /** False if the link was replaced by one with another price before the payment started. */
  isPrice: boolean
}

/** The payment's row in the database. */
export interface Recorded {
  link_id: string
  /** The link was paid or refunded by it, or it was rejected. */
  isFinal: boolean
}

/**
 * A payment names only its order, and an order may have had several links. Owner, in this order: the link that
 * already accepted or rejected it; the link whose window it came through; if that one was replaced, the order's
 * current link when the amounts match. Otherwise the old price is valid only for payments started before the
 * replacement.
 */
export function chooseOwner(
  requestedLink: Link,
  order: Sibling[],
  payment: Payment,
  origin: Origin,
  recorded: Recorded | undefined,
): Owner {
  const find = (id: string | undefined) => order.find(({ link }) => link.id === id)
  const holder = find(recorded?.link_id)
  if (recorded?.isFinal && holder) return { link: holder.link, isPrice: true }
  const opened = find(origin.link_id) ?? holder
  if (!opened) return { link: requestedLink, isPrice: true }
  const { link, supersededAt } = opened
  if (supersededAt === null) return { link, isPrice: true }
  const successor = order.find(({ current }) => current)
  if (successor && compareMoney(successor.link, payment) === 'same')
    return { link: successor.link, isPrice: true }
  const startedAt = payment.started_at ?? (origin.from === 'window' ? origin.permission.granted_at : Infinity)
  return { link, isPrice: startedAt <= supersededAt + clockToleranceMs }
}
