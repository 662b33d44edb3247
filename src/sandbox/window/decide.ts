import { approve, issueAccount, refuse } from '../engine/approve.ts'
import { maskOf } from '../engine/billing-card.ts'
import { keyMannerOf } from '../engine/billing-gateways.ts'
import { issueKey } from '../engine/billing-key.ts'
import { askMerchant } from '../engine/confirm.ts'
import type { World } from '../engine/context.ts'
import { readDue } from '../engine/deposit-deadline.ts'
import type { Attempt } from '../engine/ledger.ts'
import { announce } from '../engine/notice.ts'

export const acts = ['approve', 'decline', 'cancel'] as const
export type Act = (typeof acts)[number]

export interface Press {
  act: Act
  /** under which the receipt will be found */
  base: string
  later: (work: Promise<void>) => void
}

const declined = '[한도초과] 카드 한도를 넘어 승인되지 않았어요.'
const abandoned = '[결제포기] 고객이 결제를 취소했어요.'

/** The first press decides; a second one, of whatever button, waits for it and changes nothing. */
export function decide(world: World, attempt: Attempt, press: Press): Promise<void> {
  attempt.decision ??= carryOut(world, attempt, press)
  return attempt.decision
}

async function carryOut(world: World, attempt: Attempt, press: Press): Promise<void> {
  const { ledger } = world
  if (press.act !== 'approve') {
    const reason = world.settings.fail_reason ?? (press.act === 'decline' ? declined : abandoned)
    world.settings.fail_reason = null
    ledger.move(attempt, refuse(attempt.payment, reason, world.now()), world.now())
    return
  }
  const amount = amountOf(world, attempt)
  const objection = await askMerchant(world, attempt, amount)
  const now = world.now()
  if (objection !== null) {
    ledger.move(attempt, refuse(attempt.payment, objection, now), now)
    return
  }
  ledger.move(attempt, accept(attempt, { amount, now, base: press.base }), now)
  keepKey(world, attempt)
  await announce(world, attempt, press.later)
}

/** A gateway that only issues a key charges nothing, whatever its window showed. */
function amountOf({ settings }: World, { payment }: Attempt): number {
  const isKey = payment.customer_uid && keyMannerOf(payment.pg_provider, payment.pay_method) === 'key only'
  const amount = settings.amount ?? (isKey ? 0 : payment.amount)
  settings.amount = null
  return amount
}

/** The customer typed a card into the gateway's window; here one grows out of the payment's digits. */
function keepKey({ keys, now }: World, { payment, order, channel }: Attempt): void {
  if (!payment.customer_uid) return
  const card = maskOf(`4000${payment.imp_uid.replace(/\D/g, '').slice(-12)}`)
  const { buyer_name: name, buyer_tel: tel, buyer_email: email, buyer_addr: addr } = order
  const holder = { id: order.customer_id, name, tel, email, addr, postcode: order.buyer_postcode }
  const { customer_uid } = payment
  issueKey(keys, { customer_uid, channel, card, holder, isEmpty: false, now: now() })
}

function accept(
  { payment, order }: Attempt,
  { amount, now, base }: { amount: number; now: number; base: string },
) {
  if (payment.pay_method !== 'vbank')
    return approve(payment, { amount, now, receiptUrl: `${base}/receipt/${payment.imp_uid}` })
  const due = order.vbank_due === null ? null : readDue(order.vbank_due)
  return issueAccount(payment, { amount, now, due })
}
