// Settles the payments of an order: asks i'mport for them and moves the link accordingly.
import type { Attempt } from '../../../contract/links/checkout.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import type { Account } from '../../iamport/client.ts'
import { describeFailure } from '../../iamport/describe-failure.ts'
import type { Payment } from '../../iamport/payment.ts'
import { settlePayment } from './settle-payment.ts'
import { isUndecided, paymentsToSettle } from './worth-settling.ts'

export type OrderSettlement =
  | { ok: true; attempt: Attempt; isDecided: boolean }
  /** i'mport did not answer; nothing changed. */
  | { ok: false; reason: 'upstream_unavailable' }

/** Settles one payment, or all payments of the order without `impUid`. */
export async function settleOrder(
  context: AppContext,
  account: Account,
  link: Link,
  impUid: string | undefined,
): Promise<OrderSettlement> {
  const found = await fetchPayments(context, account, link, impUid)
  if (!found) return { ok: false, reason: 'upstream_unavailable' }
  const attempts: Attempt[] = []
  for (const payment of found.payments) attempts.push(await settleOne(context, account, link, payment))
  const attempt = decisiveAttempt(attempts)
  // An attempt that could not be read may have been paid: do not report that nothing was charged.
  if (found.partial && meansUncharged.has(attempt.outcome))
    return { ok: false, reason: 'upstream_unavailable' }
  const isDecided = !attempts.some(({ outcome }) => outcome === 'pending' || outcome === 'started')
  return { ok: true, attempt, isDecided: isDecided && !found.partial && !found.undecided }
}

const meansUncharged = new Set<Attempt['outcome']>([
  'none',
  'started',
  'declined',
  'cancelled',
  'foreign',
  'ignored',
])

interface FoundPayments {
  payments: Payment[]
  /** Some could not be read. */
  partial: boolean
  /** Some are skipped for now and may still be approved. */
  undecided: boolean
}

async function fetchPayments(
  { iamport, log }: AppContext,
  account: Account,
  link: Link,
  impUid: string | undefined,
): Promise<FoundPayments | undefined> {
  if (impUid) {
    const answer = await iamport.getPayment(account, impUid)
    if (answer.ok) return { payments: [answer.value], partial: false, undecided: false }
    if (answer.reason !== 'not_found') {
      log.warn({
        event: 'iamport.unavailable',
        call: 'getPayment',
        link: link.id,
        ...describeFailure(answer),
      })
      return undefined
    }
  }
  const answer = await iamport.findPayments(account, link.merchant_uid)
  if (!answer.ok) {
    log.warn({
      event: 'iamport.unavailable',
      call: 'findPayments',
      link: link.id,
      ...describeFailure(answer),
    })
    return undefined
  }
  const payments = paymentsToSettle(answer.value)
  return { payments, partial: 'partial' in answer, undecided: isUndecided(answer.value, payments) }
}

async function settleOne(
  context: AppContext,
  account: Account,
  link: Link,
  payment: Payment,
): Promise<Attempt> {
  if (payment.merchant_uid !== link.merchant_uid) return { outcome: 'ignored' }
  if (payment.sandbox && !account.merchant.sandbox) {
    context.log.warn({ event: 'settle.test_payment', link: link.id, imp_uid: payment.imp_uid })
    return { outcome: 'ignored' }
  }
  if (link.registration && isIssueOnly(payment))
    return { outcome: payment.status === 'paid' ? 'pending' : 'cancelled' }
  return settlePayment(context, account, link, payment)
}

/** Gateways report the issue of a billing key as a payment of 0; the key itself is settled separately. */
const isIssueOnly = ({ status, amount }: Payment) =>
  amount === 0 && (status === 'paid' || status === 'cancelled')

const byRelevance: readonly Attempt['outcome'][] = [
  'paid',
  'awaiting_deposit',
  'rejected',
  'refunded',
  'pending',
  'foreign',
  'started',
  'declined',
  'cancelled',
  'ignored',
]

/** A foreign payment of another amount does not concern this customer. */
const relevanceOf = (attempt: Attempt) =>
  attempt.outcome === 'foreign' && !attempt.same ? byRelevance.length : byRelevance.indexOf(attempt.outcome)

/** The attempt that matters most to the customer. */
function decisiveAttempt(attempts: Attempt[]): Attempt {
  const [first] = attempts.toSorted((a, b) => relevanceOf(a) - relevanceOf(b))
  return first ?? { outcome: 'none' }
}
