// Pure: which link of an order is a payment judged by?

import type { Link, Sibling } from '../../domain/links/link.ts'
import { clockToleranceMs } from '../../domain/payments/clock-tolerance.ts'
import { compareMoney } from '../../domain/payments/compare-money.ts'
import type { Origin } from '../../domain/payments/payment-origin.ts'
import type { Payment } from '../../iamport/payment.ts'

export interface Owner {
  link: Link
  /** False: another price had taken the place of this link's before the payment was started. */
  isPrice: boolean
}

/** What the books say of the payment already. */
export interface Recorded {
  link_id: string
  /** A link keeps it, or it was rejected. */
  isFinal: boolean
}

/**
 * A payment names its order only, and an order may have had several links. It belongs to the link that keeps or
 * rejected it, else to the link whose window it came through. Where that was replaced, it belongs to the order's
 * current link if it is of that one's money, and else the old price counts only for a window that was opened before.
 */
export function chooseOwner(
  asked: Link,
  order: Sibling[],
  payment: Payment,
  origin: Origin,
  recorded: Recorded | undefined,
): Owner {
  const find = (id: string | undefined) => order.find(({ link }) => link.id === id)
  const holder = find(recorded?.link_id)
  if (recorded?.isFinal && holder) return { link: holder.link, isPrice: true }
  const opened = find(origin.link_id) ?? holder
  if (!opened) return { link: asked, isPrice: true }
  const { link, supersededAt } = opened
  if (supersededAt === null) return { link, isPrice: true }
  const successor = order.find(({ current }) => current)
  if (successor && compareMoney(successor.link, payment) === 'same')
    return { link: successor.link, isPrice: true }
  const startedAt = payment.started_at ?? (origin.from === 'window' ? origin.permission.granted_at : Infinity)
  return { link, isPrice: startedAt <= supersededAt + clockToleranceMs }
}
