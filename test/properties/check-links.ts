// What must be true of every link and of its history.
import type { HistoryRow, LinksTable } from '../../src/edge/store/sql/tables.ts'
import { moneyIn } from './attempt.ts'
import type { IamportModel } from './iamport-model.ts'
import { concerns, isSameMoney, type Ledger, storeOf } from './ledger.ts'
import { must } from './must.ts'

/** A link that leaves one of these goes only there. */
const ways: Record<string, string[]> = {
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

/** Time ends a link without moving it, even where that is written down; an account's end makes it open again. */
function movesIn(steps: HistoryRow[]): HistoryRow[] {
  return steps
    .filter(
      ({ from_status, to_status }) =>
        from_status !== to_status && !(from_status === 'open' && to_status === 'expired'),
    )
    .map((step) => (step.to_status === 'expired' ? { ...step, to_status: 'open' } : step))
}

function checkHistory({ status }: LinksTable, steps: HistoryRow[]): void {
  const moves = movesIn(steps)
  must(moves[0]?.from_status === null, 'a history begins with the link being made', steps)
  moves.reduce((from, move) => {
    const isAged = from.to_status === 'awaiting_deposit' && move.from_status === 'open'
    must(isAged || move.from_status === from.to_status, 'a move was lost, or written twice', moves)
    must(ways[from.to_status]?.includes(move.to_status) ?? false, 'a link left a final state', moves)
    return move
  })
  must(moves.at(-1)?.to_status === status, 'a link moved without a line of history', { status, moves })
  must(moves.filter(({ to_status }) => to_status === 'paid').length <= 1, 'a link was paid twice', moves)
  const notes = steps.filter((step) => step.from_status === step.to_status && step.why !== 'returned_in_part')
  const texts = notes.map(({ imp_uid, why }) => `${imp_uid} ${why}`)
  must(new Set(texts).size === texts.length, 'one attempt was noted twice', notes)
}

function checkKept(link: LinksTable, ledger: Ledger, now: number): void {
  const kept = [...ledger.payments.values()].filter((row) => row.link_id === link.id && row.kept === 1)
  if (link.status !== 'paid') {
    must(link.status === 'refunded' || kept.length === 0, 'an unpaid link keeps money', kept)
    return
  }
  must(
    kept.length === 1 && kept[0]?.amount === link.amount,
    'what is kept is not the amount of the link',
    kept,
  )
  must(kept[0]?.imp_uid === link.imp_uid, 'a link speaks of another payment than the one it keeps', kept)
  const siblings = ledger.links.filter((other) => isSibling(link, other))
  must(!siblings.some(({ status }) => status === 'paid'), 'an order is paid twice', siblings)
  const takesMoney = siblings.some(({ status, expires_at }) => status === 'open' && expires_at > now)
  must(!takesMoney, 'an order is paid, and another of its links takes money', siblings)
}

const isSibling = (link: LinksTable, other: LinksTable) =>
  other.id !== link.id && other.user_code === link.user_code && other.merchant_uid === link.merchant_uid

/** The payment that a link speaks of. */
function checkHeld(link: LinksTable, iamport: IamportModel): void {
  const { status } = link
  if (status !== 'paid' && status !== 'refunded' && status !== 'awaiting_deposit') return
  const held = iamport.find(link.imp_uid ?? '')
  must(held !== undefined && concerns(link, held), 'a link holds a payment that is not its own', link)
  must(isSameMoney(link, held.payment), 'a link holds a payment of other money', { link, held })
  if (status === 'paid') must(held.payment.paid_at > 0, 'a link says paid, and nobody ever paid', held)
  if (status === 'refunded') must(moneyIn(held) === 0, 'a link says refunded, and money is kept', held)
  if (status === 'awaiting_deposit') must(held.payment.vbank_num !== null, 'an account was made up', held)
}

/** The page sends the customer to the shop exactly while somebody seems to have paid the order there. */
function checkPaidElsewhere(link: LinksTable, { links, foreign }: Ledger): void {
  const order = new Set(
    links.filter((other) => other.id === link.id || isSibling(link, other)).map(({ id }) => id),
  )
  const paying = [...foreign.values()].filter(
    (row) => order.has(row.link_id) && isSameMoney(row, link) && row.returned < row.amount,
  )
  must((link.paid_elsewhere === 1) === paying.length > 0, 'a link does not say what was paid elsewhere', {
    link,
    paying,
  })
}

const noticeOf: Record<string, string> = { paid: 'paid', awaiting_deposit: 'ready', refunded: 'cancelled' }

/** Every move that a merchant waits for, and every refund in part, told once; and nothing told that did not happen. */
function checkNotices(link: LinksTable, steps: HistoryRow[], { events }: Ledger): void {
  const own = events.filter(({ link_id }) => link_id === link.id)
  const notices = own.filter(({ type }) => type === 'notice')
  const said = notices.map(({ body }) => JSON.parse(body) as { imp_uid: string; status: string })
  const inPart = steps
    .filter(({ why }) => why === 'returned_in_part')
    .map((step) => ({ ...step, to_status: 'refunded' }))
  const happened = [...movesIn(steps).filter(({ to_status }) => to_status in noticeOf), ...inPart]
  const expected = link.notice_url === null ? [] : happened
  must(
    sameTexts(
      said.map(({ imp_uid, status }) => `${imp_uid} ${status}`),
      expected.map(({ imp_uid, to_status }) => `${imp_uid} ${noticeOf[to_status]}`),
    ),
    'moves and notices do not match',
    { happened, said },
  )
  if (storeOf(link) !== 'key') return
  const told = own.filter(({ type }) => type !== 'notice').map(({ id, type }) => `${id} ${type}`)
  const telling = steps.map((step) => ({ step, type: eventOf(step) })).filter(({ type }) => type)
  must(
    sameTexts(
      told,
      telling.map(({ step, type }) => `evt_${step.id} ${type}`),
    ),
    'what happened was not told exactly once',
    { told, telling },
  )
}

const sameTexts = (some: string[], others: string[]) => some.toSorted().join() === others.toSorted().join()

const eventOfMove: Record<string, string> = {
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

/** What the merchant's events address is told of a line of history. */
function eventOf({ from_status, to_status, why }: HistoryRow): string | undefined {
  if (from_status === null) return undefined
  if (why.startsWith('payment_rejected_')) return 'link.payment_rejected'
  return from_status === to_status || to_status === 'expired' ? eventOfNote[why] : eventOfMove[to_status]
}
