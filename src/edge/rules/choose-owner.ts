// Pure: which link of an order is a payment for?
import type { Payment } from '../iamport/payment.ts'
import type { Link } from '../link.ts'
import { compareMoney } from './compare-money.ts'

export interface Sibling {
  link: Link
  /** When the payment window was last allowed to open. */
  checkoutAt: number | null
}

/**
 * A payment names its order only, and an order may have had several links. It belongs to the link it is
 * recorded for, else to the one of its amount and currency whose window was opened last, else to the one
 * that was asked about: a payment of the newer link is never taken for a wrong amount of the older.
 */
export function chooseOwner(
  asked: Link,
  siblings: Sibling[],
  payment: Payment,
  recordedFor: string | undefined,
): Link {
  const recorded = siblings.find(({ link }) => link.id === recordedFor)
  if (recorded) return recorded.link
  const fitting = siblings
    .filter(({ link }) => compareMoney(link, payment) === 'same')
    .sort((a, b) => (b.checkoutAt ?? 0) - (a.checkoutAt ?? 0))
  const latest = fitting[0]
  const own = fitting.find(({ link }) => link.id === asked.id)
  if (!latest) return asked
  if (own && (own.checkoutAt ?? 0) === (latest.checkoutAt ?? 0)) return own.link
  return latest.link
}
