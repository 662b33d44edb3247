// What must be true of the books, whatever happened. Each check says in words what would be wrong.
import type { LinksTable, PaymentsTable } from '../../src/edge/store/tables.ts'
import { type IamportModel, moneyIn, type Paying } from './iamport-model.ts'
import type { Ledger } from './ledger.ts'
import { orders } from './story.ts'

export interface Evidence {
  ledger: Ledger
  iamport: IamportModel
  latePayment: 'keep' | 'refund'
  now: number
}

function must(claim: boolean, what: string, about?: unknown): asserts claim {
  if (!claim) throw new Error(about === undefined ? what : `${what}: ${JSON.stringify(about)}`)
}

const storeOf = (link: Pick<LinksTable, 'user_code'>) =>
  orders.find(({ user_code }) => user_code === link.user_code)?.store

/** Of this link's order, by the right store, through the right kind of channel. */
const concerns = (link: LinksTable, payment: Paying): boolean =>
  payment.merchant_uid === link.merchant_uid &&
  payment.store === storeOf(link) &&
  (!payment.sandbox || payment.store === 'key3')

const sameMoney = (link: LinksTable, payment: Pick<Paying, 'amount' | 'currency'>): boolean =>
  payment.amount === link.amount && payment.currency === link.currency

/** A link that leaves one of these goes only there. */
const ways: Record<string, string[]> = {
  open: ['awaiting_deposit', 'paid', 'disabled', 'refunded'],
  awaiting_deposit: ['paid', 'open', 'disabled', 'refunded'],
  disabled: ['paid'],
  paid: ['refunded'],
  refunded: [],
}

const toldAs: Record<string, string> = { paid: 'paid', awaiting_deposit: 'ready', refunded: 'cancelled' }

/** @param before the books before the scene; @param touched the links whose doors were knocked on */
export function checkScene(
  { ledger, iamport, latePayment, now }: Evidence,
  before: Ledger,
  newlyCancelled: IamportModel['cancelled'],
  touched: (LinksTable | undefined)[],
): void {
  const truthOf = (imp_uid: string) => iamport.payments.find((payment) => payment.imp_uid === imp_uid)
  for (const link of ledger.links) checkLink(link, ledger, truthOf, now)
  for (const row of ledger.payments) {
    const truth = truthOf(row.imp_uid)
    checkPayment(row, ledger, truth)
    const old = before.payments.find(({ imp_uid }) => imp_uid === row.imp_uid)
    if (row.status === 'rejected' && old?.status !== 'rejected')
      checkRejected(row, truth, ledger, latePayment)
  }
  for (const { imp_uid } of newlyCancelled) checkCancelled(truthOf(imp_uid), ledger, touched)
}

function checkLink(
  link: LinksTable,
  ledger: Ledger,
  truthOf: (imp_uid: string) => Paying | undefined,
  now: number,
): void {
  const { status } = link
  const steps = ledger.history.filter(({ link_id }) => link_id === link.id)
  // Time ends a link without moving it, even where that is written down.
  const moves = steps.filter((step) => step.from_status !== step.to_status && step.to_status !== 'expired')
  must(moves[0]?.from_status === null, 'a history begins with the link being made', steps)
  moves.reduce((from, move) => {
    const aged = move.from_status === 'expired' && ['open', 'awaiting_deposit'].includes(from.to_status)
    must(aged || move.from_status === from.to_status, 'a move was lost, or written twice', moves)
    must(ways[from.to_status]?.includes(move.to_status) ?? false, 'a link left a final state', moves)
    return move
  })
  must(moves.at(-1)?.to_status === status, 'a link moved without a line of history', { status, moves })
  must(moves.filter(({ to_status }) => to_status === 'paid').length <= 1, 'a link was paid twice', moves)
  const notes = steps.filter((step) => step.from_status === step.to_status)
  const texts = notes.map(({ imp_uid, why }) => `${imp_uid} ${why}`)
  must(new Set(texts).size === texts.length, 'one attempt was noted twice', notes)

  const kept = ledger.payments.filter((row) => row.link_id === link.id && row.kept === 1)
  if (status !== 'paid' && status !== 'refunded') must(kept.length === 0, 'an unpaid link keeps money', kept)
  if (status === 'paid') {
    const sum = kept.reduce((total, row) => total + row.amount, 0)
    must(kept.length === 1 && sum === link.amount, 'what is kept is not the amount of the link', kept)
    must(kept[0]?.imp_uid === link.imp_uid, 'a link speaks of another payment than the one it keeps', kept)
    const siblings = ledger.links.filter((other) => isSibling(link, other))
    must(!siblings.some((other) => other.status === 'paid'), 'an order is paid twice', siblings)
    const takesMoney = siblings.some((other) => other.status === 'open' && other.expires_at > now)
    must(!takesMoney, 'an order is paid, and another of its links takes money', siblings)
  }
  const truth = link.imp_uid === null ? undefined : truthOf(link.imp_uid)
  if (status === 'paid' || status === 'refunded' || status === 'awaiting_deposit') {
    must(truth !== undefined && concerns(link, truth), 'a link holds a payment that is not its own', link)
    must(sameMoney(link, truth), 'a link holds a payment of other money', { link, truth })
    if (status === 'paid') must(truth.paid_at > 0, 'a link says paid, and nobody ever paid', truth)
    if (status === 'refunded') must(moneyIn(truth) === 0, 'a link says refunded, and money is kept', truth)
    if (status === 'awaiting_deposit') must(truth.vbank_num !== null, 'an account was made up', truth)
  }
  checkNotices(link, moves, ledger)
}

const isSibling = (link: LinksTable, other: LinksTable) =>
  other.id !== link.id && other.user_code === link.user_code && other.merchant_uid === link.merchant_uid

/** Every move that a merchant waits for, told once; and nothing told that did not happen. */
function checkNotices(link: LinksTable, moves: Ledger['history'], { notices }: Ledger): void {
  const told = notices.filter((row) => row.link_id === link.id && row.url === link.notice_url)
  must(told.length === 0 || link.notice_url !== null, 'a notice was made up', told)
  if (link.notice_url === null) return
  const said = told.map(({ body }) => JSON.parse(body) as { imp_uid: string; status: string })
  const happened = moves
    .filter(({ to_status }) => to_status in toldAs)
    .map(({ imp_uid, to_status }) => `${imp_uid} ${toldAs[to_status]}`)
  const spoken = said.map(({ imp_uid, status }) => `${imp_uid} ${status}`)
  must(happened.toSorted().join() === spoken.toSorted().join(), 'moves and notices do not match', {
    happened,
    spoken,
  })
}

function checkPayment(row: PaymentsTable, { links }: Ledger, truth: Paying | undefined): void {
  const link = links.find(({ id }) => id === row.link_id)
  must(link !== undefined && truth !== undefined, 'a payment was made up', row)
  must(concerns(link, truth), 'a payment is recorded for a link that it does not concern', { link, truth })
  if (row.status !== 'rejected') return
  must(row.kept === 0, 'a payment is kept and rejected', row)
  // The books count in minor units.
  const returned = row.currency === 'USD' ? row.returned / 100 : row.returned
  must(returned <= truth.cancel_amount, 'money is called returned, and is not', { row, truth })
}

/** Good money is sent back only where the order has its money already, or has ended. */
function checkRejected(
  row: PaymentsTable,
  payment: Paying | undefined,
  { links, payments }: Ledger,
  latePayment: 'keep' | 'refund',
): void {
  must(payment !== undefined, 'a payment was made up', row)
  const order = links.filter((link) => concerns(link, payment))
  const isWrong = !order.some((link) => sameMoney(link, payment))
  const others = payments.filter((other) => other.kept === 1 && other.imp_uid !== payment.imp_uid)
  const isSecond = others.some((other) => order.some(({ id }) => id === other.link_id))
  must(isWrong || isSecond || latePayment === 'refund', 'good money is sent back', { payment, order, row })
}

function checkCancelled(
  payment: Paying | undefined,
  { payments }: Ledger,
  touched: (LinksTable | undefined)[],
): void {
  must(payment !== undefined, 'something was cancelled that never was')
  const isOwn = touched.some((link) => link && concerns(link, payment))
  must(isOwn, 'a payment of another order was cancelled', payment)
  const row = payments.find(({ imp_uid }) => imp_uid === payment.imp_uid)
  must(row?.status === 'rejected', 'money was sent back without a line in the books', { payment, row })
}

/** Somebody told the edge of real money, the edge said 200: now it is in the books. */
export function checkDoor(link: LinksTable, payment: Paying, { payments }: Ledger): void {
  if (!concerns(link, payment)) return
  const row = payments.find(({ imp_uid }) => imp_uid === payment.imp_uid)
  const isHeld = row !== undefined && (row.kept === 1 || row.status === 'rejected')
  must(isHeld, 'the edge was told of money and forgot it', { payment, row })
}

/** After the bad days: no won is where it should not be. */
export function checkEnd({ ledger, iamport }: Evidence): void {
  for (const payment of iamport.payments) {
    const order = ledger.links.filter((link) => concerns(link, payment))
    if (order.length === 0 || moneyIn(payment) === 0) continue
    const row = ledger.payments.find(({ imp_uid }) => imp_uid === payment.imp_uid)
    must(row !== undefined, 'money came that nobody knows of', payment)
    // A deposit cannot be sent back without an account to send it to: it stays on the list.
    const isListed = row.status === 'rejected' && payment.pay_method === 'vbank'
    must(row.kept === 1 || isListed, 'money that no link keeps was not sent back', { payment, row })
  }
  for (const link of ledger.links) {
    const held = iamport.payments.find(({ imp_uid }) => imp_uid === link.imp_uid)
    if (link.status === 'paid')
      must(held !== undefined && moneyIn(held) > 0, 'a link says paid, and all money went back', held)
  }
}
