import { approvePayment, failPayment, issueAccount } from '../engine/approve.ts'
import { maskCard } from '../engine/billing-card.ts'
import { billingKeyModeOf } from '../engine/billing-gateways.ts'
import { issueBillingKey } from '../engine/billing-key.ts'
import { confirmWithMerchant } from '../engine/confirm.ts'
import type { SandboxContext } from '../engine/context.ts'
import { parseDepositDeadline } from '../engine/deposit-deadline.ts'
import type { Attempt } from '../engine/ledger.ts'
import { sendNotices } from '../engine/notice.ts'
import type { WaitUntil } from '../engine/wait-until.ts'

export const windowActions = ['approve', 'decline', 'cancel'] as const
export type WindowAction = (typeof windowActions)[number]

export interface DecisionInput {
  action: WindowAction
  /** public URL of the sandbox; receipt URLs start with it */
  baseUrl: string
  waitUntil: WaitUntil
}

const declineMessage = '[한도초과] 카드 한도를 넘어 승인되지 않았어요.'
const cancelMessage = '[결제포기] 고객이 결제를 취소했어요.'

/** Idempotent: the first button pressed decides; later presses only await its result. */
export function decide(context: SandboxContext, attempt: Attempt, input: DecisionInput): Promise<void> {
  attempt.decision ??= applyDecision(context, attempt, input)
  return attempt.decision
}

async function applyDecision(context: SandboxContext, attempt: Attempt, input: DecisionInput): Promise<void> {
  const { ledger } = context
  if (input.action !== 'approve') {
    const reason =
      context.settings.fail_reason ?? (input.action === 'decline' ? declineMessage : cancelMessage)
    context.settings.fail_reason = null
    ledger.update(attempt, failPayment(attempt.payment, reason, context.now()), context.now())
    return
  }
  const amount = takeAmount(context, attempt)
  const refusal = await confirmWithMerchant(context, attempt, amount)
  const now = context.now()
  if (refusal !== null) {
    ledger.update(attempt, failPayment(attempt.payment, refusal, now), now)
    return
  }
  ledger.update(attempt, approveOrIssueAccount(attempt, { amount, now, baseUrl: input.baseUrl }), now)
  saveBillingKey(context, attempt)
  await sendNotices(context, attempt, input.waitUntil)
}

/** The approved amount. Consumes the `amount` setting; 0 for gateways that only issue a key. */
function takeAmount({ settings }: SandboxContext, { payment }: Attempt): number {
  const issuesKeyOnly =
    payment.customer_uid && billingKeyModeOf(payment.pg_provider, payment.pay_method) === 'key only'
  const amount = settings.amount ?? (issuesKeyOnly ? 0 : payment.amount)
  settings.amount = null
  return amount
}

/** Stores a billing key for a card number derived from imp_uid; the sandbox window has no card form. */
function saveBillingKey({ billingKeys, now }: SandboxContext, { payment, order, channel }: Attempt): void {
  if (!payment.customer_uid) return
  const card = maskCard(`4000${payment.imp_uid.replace(/\D/g, '').slice(-12)}`)
  const { buyer_name: name, buyer_tel: tel, buyer_email: email, buyer_addr: addr } = order
  const holder = { id: order.customer_id, name, tel, email, addr, postcode: order.buyer_postcode }
  const { customer_uid } = payment
  issueBillingKey(billingKeys, {
    customer_uid,
    channel,
    card,
    holder,
    hasInsufficientFunds: false,
    now: now(),
  })
}

function approveOrIssueAccount(
  { payment, order }: Attempt,
  { amount, now, baseUrl }: { amount: number; now: number; baseUrl: string },
) {
  if (payment.pay_method !== 'vbank')
    return approvePayment(payment, { amount, now, receiptUrl: `${baseUrl}/receipt/${payment.imp_uid}` })
  const deadline = order.vbank_due === null ? null : parseDepositDeadline(order.vbank_due)
  return issueAccount(payment, { amount, now, deadline })
}
