import type { Attempt } from '../contract/checkout.ts'
import type { Room } from './deps.ts'
import type { Account } from './iamport/client.ts'
import type { Payment } from './iamport/payment.ts'
import type { StoredStatus } from './link.ts'
import { paymentRow } from './payment-row.ts'
import { makeRandomId } from './random-id.ts'
import { rejectPayment } from './reject-payment.ts'
import { type Decision, decideSettlement, type RejectedWhy } from './rules/decide-settlement.ts'

/** Each lost race means that somebody else moved the link, and a link has few moves to make. */
const mostRaces = 8

/** Decides on what the store says now, writes only if that still stands, and else decides again. */
export async function settlePayment(
  room: Room,
  account: Account,
  linkId: string,
  payment: Payment,
): Promise<Attempt> {
  for (let race = 0; race < mostRaces; race++) {
    const attempt = await decideAndWrite(room, account, linkId, payment)
    if (attempt) return attempt
  }
  throw new Error(`link ${linkId} was moved by others ${mostRaces} times in a row`)
}

/** @returns nothing when another write came between */
async function decideAndWrite(
  room: Room,
  account: Account,
  linkId: string,
  payment: Payment,
): Promise<Attempt | undefined> {
  const { store, settings, log } = room
  const link = await store.findLink(linkId)
  if (!link) throw new Error(`link ${linkId} is gone`)
  const order = await store.findOrder(link)
  const recorded = await store.findPayment(payment.imp_uid)
  const now = room.now()
  const decision = decideSettlement({
    link,
    payment,
    rejected: recorded?.status === 'rejected' ? (recorded.why as RejectedWhy) : null,
    orderPaid: order.some((sibling) => sibling.link.id !== linkId && sibling.link.status === 'paid'),
    latePayment: settings.latePayment,
    now,
  })
  switch (decision.do) {
    case 'nothing':
      return decision.attempt
    case 'reject':
      return rejectPayment(room, account, link, payment, decision.why)
    case 'note_return':
      await store.recordReturn(payment.imp_uid, decision.returned)
      return decision.attempt
    case 'record': {
      const row = paymentRow(link, payment, {
        status: decision.as,
        lastOpened: undefined,
        kept: false,
        late: false,
        now,
      })
      await store.recordPayment(row, recordedWhy[decision.as])
      return decision.attempt
    }
    case 'move': {
      const lastOpened = await store.findLastMethod(linkId)
      const kept = keptStatus(decision)
      const { late } = decision
      const row =
        kept && paymentRow(link, payment, { status: kept, lastOpened, kept: kept !== 'ready', late, now })
      const at = decision.to === 'refunded' ? (payment.cancelled_at ?? now) : now
      const { to, why } = decision
      const moveId = makeRandomId(room.random)
      if (!(await store.moveLink({ link, to, at, why, payment: row, tell: told[to] }, moveId)))
        return undefined
      log.info({ event: 'link.moved', link: linkId, from: link.status, to, why, imp_uid: payment.imp_uid })
      if (row?.gateway === 'unlisted')
        log.warn({ event: 'payment.unlisted_gateway', link: linkId, imp_uid: payment.imp_uid })
      return decision.attempt
    }
  }
}

const recordedWhy = {
  ready: 'account_issued_elsewhere',
  failed: 'payment_failed',
  cancelled: 'payment_cancelled',
}

/** i'mport's words for what the merchant is told. */
const told = {
  open: null,
  disabled: null,
  paid: 'paid',
  awaiting_deposit: 'ready',
  refunded: 'cancelled',
} as const satisfies Record<StoredStatus, string | null>

function keptStatus({ to }: Extract<Decision, { do: 'move' }>) {
  if (to === 'paid') return 'paid'
  if (to === 'refunded') return 'cancelled'
  return to === 'awaiting_deposit' ? 'ready' : null
}
