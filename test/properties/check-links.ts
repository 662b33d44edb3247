// Invariants of every link and of its history.
import type { HistoryRow, LinksTable } from '../../src/edge/store/sql/tables.ts'
import { moneyIn } from './attempt.ts'
import type { IamportModel } from './iamport-model.ts'
import { invariant } from './invariant.ts'
import { concerns, isSameMoney, type Ledger, storeOf } from './ledger.ts'

/** Allowed transitions. */
const transitionsFrom: Record<string, string[]> = {
  open: ['awaiting_deposit', 'paid', 'disabled', 'refunded'],
  awaiting_deposit: ['paid', 'open', 'disabled', 'refunded'],
  disabled: ['paid'],
  paid: ['refunded'],
  refunded: [],
}

export function checkLinks(ledger: Ledger, iamport: IamportModel, now: number): void {
  const steps = Map.groupBy(ledger.history, ({ link_id }) => link_id)
  for (const link of ledger.links) {
    const own = steps.get(link.id) ?? []
    checkHistory(link, own)
    checkKept(link, ledger, now)
    checkHeld(link, iamport)
    checkNotices(link, own, ledger)
  }
  for (const link of ledger.links) if (link.superseded_by === null) checkPaidElsewhere(link, ledger)
}

/** Ignores recorded expiry, which does not change the status; the expiry of an account reopens the link. */
function transitionsIn(steps: HistoryRow[]): HistoryRow[] {
  return steps
    .filter(
      ({ from_status, to_status }) =>
        from_status !== to_status && !(from_status === 'open' && to_status === 'expired'),
    )
    .map((step) => (step.to_status === 'expired' ? { ...step, to_status: 'open' } : step))
}

function checkHistory({ status }: LinksTable, steps: HistoryRow[]): void {
  const transitions = transitionsIn(steps)
  invariant(
    transitions[0]?.from_status === null,
    'a history does not begin with the creation of the link',
    steps,
  )
  transitions.reduce((from, transition) => {
    const isAged = from.to_status === 'awaiting_deposit' && transition.from_status === 'open'
    invariant(
      isAged || transition.from_status === from.to_status,
      'a transition was lost or recorded twice',
      transitions,
    )
    invariant(
      transitionsFrom[from.to_status]?.includes(transition.to_status) ?? false,
      'a transition is not allowed',
      transitions,
    )
    return transition
  })
  invariant(transitions.at(-1)?.to_status === status, 'a link’s status differs from its history', {
    status,
    moves: transitions,
  })
  invariant(
    transitions.filter(({ to_status }) => to_status === 'paid').length <= 1,
    'a link was paid twice',
    transitions,
  )
  const notes = steps.filter((step) => step.from_status === step.to_status && step.why !== 'returned_in_part')
  const texts = notes.map(({ imp_uid, why }) => `${imp_uid} ${why}`)
  invariant(new Set(texts).size === texts.length, 'an attempt was recorded twice', notes)
}

function checkKept(link: LinksTable, ledger: Ledger, now: number): void {
  const kept = [...ledger.payments.values()].filter((row) => row.link_id === link.id && row.kept === 1)
  if (link.status !== 'paid') {
    invariant(link.status === 'refunded' || kept.length === 0, 'an unpaid link keeps a payment', kept)
    return
  }
  invariant(
    kept.length === 1 && kept[0]?.amount === link.amount,
    'a paid link does not keep exactly its amount',
    kept,
  )
  invariant(kept[0]?.imp_uid === link.imp_uid, 'a link names another payment than the one it keeps', kept)
  const siblings = ledger.links.filter((other) => isSibling(link, other))
  invariant(!siblings.some(({ status }) => status === 'paid'), 'an order is paid twice', siblings)
  const takesMoney = siblings.some(({ status, expires_at }) => status === 'open' && expires_at > now)
  invariant(!takesMoney, 'a paid order has another link that can be paid', siblings)
}

const isSibling = (link: LinksTable, other: LinksTable) =>
  other.id !== link.id && other.user_code === link.user_code && other.merchant_uid === link.merchant_uid

/** Checks the payment that a link names. */
function checkHeld(link: LinksTable, iamport: IamportModel): void {
  const { status } = link
  if (status !== 'paid' && status !== 'refunded' && status !== 'awaiting_deposit') return
  const held = iamport.find(link.imp_uid ?? '')
  invariant(held !== undefined && concerns(link, held), 'a link names a payment of another order', link)
  invariant(isSameMoney(link, held.payment), 'a link names a payment of another amount', { link, held })
  if (status === 'paid') invariant(held.payment.paid_at > 0, 'a paid link names an unpaid payment', held)
  if (status === 'refunded')
    invariant(moneyIn(held) === 0, 'a refunded link’s payment is not fully refunded', held)
  if (status === 'awaiting_deposit')
    invariant(held.payment.vbank_num !== null, "a virtual account does not exist at i'mport", held)
}

/** `paid_elsewhere` is set exactly while a foreign payment of the order's amount is not refunded. */
function checkPaidElsewhere(link: LinksTable, { links, foreign }: Ledger): void {
  const order = new Set(
    links.filter((other) => other.id === link.id || isSibling(link, other)).map(({ id }) => id),
  )
  const paying = [...foreign.values()].filter(
    (row) => order.has(row.link_id) && isSameMoney(row, link) && row.returned < row.amount,
  )
  invariant(
    (link.paid_elsewhere === 1) === paying.length > 0,
    'paid_elsewhere does not match the foreign payments',
    {
      link,
      paying,
    },
  )
}

const noticeOf: Record<string, string> = { paid: 'paid', awaiting_deposit: 'ready', refunded: 'cancelled' }

/** Every reported transition and partial refund has one notice and one event, and there are no others. */
function checkNotices(link: LinksTable, steps: HistoryRow[], { events }: Ledger): void {
  const own = events.filter(({ link_id }) => link_id === link.id)
  const notices = own.filter(({ type }) => type === 'notice')
  const bodies = notices.map(({ body }) => JSON.parse(body) as { imp_uid: string; status: string })
  const inPart = steps
    .filter(({ why }) => why === 'returned_in_part')
    .map((step) => ({ ...step, to_status: 'refunded' }))
  const happened = [...transitionsIn(steps).filter(({ to_status }) => to_status in noticeOf), ...inPart]
  const expected = link.notice_url === null ? [] : happened
  invariant(
    sameTexts(
      bodies.map(({ imp_uid, status }) => `${imp_uid} ${status}`),
      expected.map(({ imp_uid, to_status }) => `${imp_uid} ${noticeOf[to_status]}`),
    ),
    'notices do not match the transitions',
    { happened, bodies },
  )
  if (storeOf(link) !== 'key') return
  const actual = own.filter(({ type }) => type !== 'notice').map(({ id, type }) => `${id} ${type}`)
  const reported = steps.map((step) => ({ step, type: eventOf(step) })).filter(({ type }) => type)
  invariant(
    sameTexts(
      actual,
      reported.map(({ step, type }) => `evt_${step.id} ${type}`),
    ),
    'events do not match the history',
    { actual, reported },
  )
}

const sameTexts = (some: string[], others: string[]) => some.toSorted().join() === others.toSorted().join()

const eventOfTransition: Record<string, string> = {
  paid: 'link.paid',
  awaiting_deposit: 'link.awaiting_deposit',
  refunded: 'link.refunded',
  disabled: 'link.disabled',
  open: 'link.payment_failed',
}

const eventOfNote: Record<string, string> = {
  expired: 'link.expired',
  account_expired: 'link.payment_failed',
  payment_failed: 'link.payment_failed',
  returned_in_part: 'link.refunded',
  payment_returned: 'link.payment_returned',
  payment_not_returned: 'link.payment_not_returned',
  payment_foreign: 'link.payment_foreign',
}

/** @returns the event type of a history row */
function eventOf({ from_status, to_status, why }: HistoryRow): string | undefined {
  if (from_status === null) return undefined
  if (why.startsWith('payment_rejected_')) return 'link.payment_rejected'
  return from_status === to_status || to_status === 'expired'
    ? eventOfNote[why]
    : eventOfTransition[to_status]
}
