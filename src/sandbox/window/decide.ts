import { approve, issueAccount, refuse } from '../approve.ts'
import { askMerchant } from '../confirm.ts'
import { readDue } from '../due.ts'
import type { Attempt } from '../ledger.ts'
import { announce } from '../notice.ts'
import type { World } from '../world.ts'

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
    const reason = press.act === 'decline' ? declined : abandoned
    ledger.move(attempt, refuse(attempt.payment, reason, world.now()), world.now())
    return
  }
  const amount = world.settings.amount ?? attempt.payment.amount
  world.settings.amount = null
  const objection = await askMerchant(world, attempt, amount)
  const now = world.now()
  if (objection !== null) {
    ledger.move(attempt, refuse(attempt.payment, objection, now), now)
    return
  }
  ledger.move(attempt, accept(attempt, { amount, now, base: press.base }), now)
  await announce(world, attempt, press.later)
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
