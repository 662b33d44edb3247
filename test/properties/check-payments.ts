// What must be true of every payment: which money is kept, which goes back, and which is none of Dari's business.
import type { LinksTable, PaymentsTable } from '../../src/edge/store/sql/tables.ts'
import { type Attempt, moneyIn } from './attempt.ts'
import { checkForeign } from './check-foreign.ts'
import { dayMs, minuteMs, toleranceMs } from './clock.ts'
import { concerns, currentOf, isDecided, isSameMoney, type Ledger, majorOf, orderOf } from './ledger.ts'
import { must } from './must.ts'
import type { Stage } from './stage.ts'
import { isLikely, provenWindow } from './windows.ts'

/** @param before the books before the scene */
export function checkPayments(stage: Stage, ledger: Ledger, before: Ledger): void {
  for (const row of ledger.payments.values()) {
    const attempt = stage.iamport.find(row.imp_uid)
    const link = ledger.links.find(({ id }) => id === row.link_id)
    must(attempt !== undefined && link !== undefined, 'a payment was made up', row)
    must(concerns(link, attempt), 'a payment is recorded for a link that it does not concern', {
      link,
      attempt,
    })
    must(!ledger.foreign.has(row.imp_uid) || !isOurs(row), 'a payment is foreign, and not', row)
    const old = before.payments.get(row.imp_uid)
    if (row.kept === 1 && old?.kept !== 1) checkKept(stage, ledger, row, link, attempt)
    if (row.status !== 'rejected') continue
    checkRefusal(row, ledger, attempt)
    if (old?.status !== 'rejected') checkRejected(stage, ledger, row, link, attempt)
  }
  for (const row of ledger.foreign.values()) checkForeign(stage, ledger, row, before.foreign.has(row.imp_uid))
  for (const { imp_uid, since } of ledger.returns) {
    const isUnheard = stage.clock.now > since + dayMs + minuteMs && stage.troubledAt < since + dayMs
    const isTold = ledger.history.some(({ id }) => id === `${imp_uid}:not_given_back`)
    must(!isUnheard || isTold, 'money is not back after a day, and nobody was told', imp_uid)
  }
}

const isOurs = (row: PaymentsTable) => row.kept === 1 || row.status === 'rejected'

/** Had another price taken the place of the link's before the window was opened? */
function isOldPrice(link: LinksTable, { links }: Ledger, { payment }: Attempt): boolean {
  const successor = links.find(({ id }) => id === link.superseded_by)
  return successor !== undefined && payment.started_at * 1000 > successor.created_at + toleranceMs
}

function checkKept(
  stage: Stage,
  ledger: Ledger,
  row: PaymentsTable,
  link: LinksTable,
  attempt: Attempt,
): void {
  const { windows, heard } = stage
  const current = currentOf(orderOf(attempt, ledger))
  const window = provenWindow(attempt, windows)
  const isClaimed = window !== undefined || (current !== undefined && isLikely(attempt, windows, current))
  must(isClaimed, 'money is kept that came through no window of the order', { row, attempt })
  must(isSameMoney(link, attempt.payment), 'other money than that of the link is kept', { row, link })
  must(!isOldPrice(link, ledger, attempt), 'a price is kept that had been replaced', { link, attempt })
  if (row.late === 1) checkLate(ledger, row, link, attempt)
  if (window === undefined) heard.keptAsLikely += 1
  if (link.superseded_by !== null) heard.oldPriceKept += 1
  if (row.late === 1) heard.late += 1
}

/** Good money is sent back only where the order has its money already, or has ended. */
function checkRejected(
  { windows, latePayment, heard }: Stage,
  ledger: Ledger,
  row: PaymentsTable,
  link: LinksTable,
  attempt: Attempt,
): void {
  // An account that the link's page showed as its own is the link's, whatever became of its mark.
  const isShown = ledger.history.some(
    ({ imp_uid, to_status }) => imp_uid === row.imp_uid && to_status === 'awaiting_deposit',
  )
  const isOwn = isShown || provenWindow(attempt, windows) !== undefined
  must(isOwn, 'money that came through no window is refused', attempt)
  const isSame = isSameMoney(link, attempt.payment)
  const order = orderOf(attempt, ledger)
  const others = [...ledger.payments.values()].filter(
    (other) =>
      other.kept === 1 && other.imp_uid !== row.imp_uid && order.some(({ id }) => id === other.link_id),
  )
  const old = isOldPrice(link, ledger, attempt)
  switch (row.why) {
    case 'amount':
    case 'currency':
      must(!isSame || old, 'good money is sent back for its amount', { row, link, attempt })
      heard[isSame ? 'oldPriceRefused' : 'tampered'] += 1
      return
    case 'second_payment':
      must(others.length > 0, 'the only payment of an order is sent back as a second one', { row, attempt })
      return
    default:
      must(latePayment === 'refund', 'late money is sent back, and is to be kept', row)
      checkLate(ledger, row, link, attempt)
  }
}

/** Late is what was approved after the link's end, and no other link of the order asks for this money. */
function checkLate(ledger: Ledger, row: PaymentsTable, link: LinksTable, attempt: Attempt): void {
  const { paid_at } = attempt.payment
  const ends = Math.min(link.expires_at, link.ended_at ?? Number.POSITIVE_INFINITY)
  // A link that keeps it is `paid`, and no longer says when it was closed.
  const closed = ledger.history.filter(
    ({ link_id, to_status }) => link_id === link.id && to_status === 'disabled',
  )
  const end = Math.min(ends, ...closed.map(({ at }) => at))
  must(paid_at * 1000 > end + toleranceMs, 'money that came in time is called late', { row, link, attempt })
  const current = currentOf(orderOf(attempt, ledger))
  const hasSuccessor =
    current !== undefined && current.id !== link.id && isSameMoney(current, attempt.payment)
  must(!hasSuccessor, 'a link that was replaced makes money late that its successor asks for', {
    row,
    current,
  })
}

/** Refused money: told when it is refused, and once more when it is back. */
function checkRefusal(row: PaymentsTable, { history }: Ledger, { payment }: Attempt): void {
  must(row.kept === 0, 'a payment is kept and rejected', row)
  const returned = majorOf(row.returned, row.currency)
  must(returned <= payment.cancel_amount, 'money is called returned, and is not', { row, payment })
  const notes = history.filter(({ imp_uid }) => imp_uid === row.imp_uid).map(({ why }) => why)
  must(notes.includes(`payment_rejected_${row.why}`), 'money is refused without a word', { row, notes })
  const isBack = notes.includes('payment_returned')
  must(isBack === row.returned >= row.amount, 'the way back of money was not told when it ended', {
    row,
    notes,
  })
}

/** @param touched the links that the scene was about; undefined: any */
export function checkCancelled(
  attempt: Attempt,
  { windows }: Stage,
  ledger: Ledger,
  touched: (LinksTable | undefined)[] | undefined,
): void {
  const window = provenWindow(attempt, windows)
  must(window !== undefined, 'money went back that came through no window of ours', attempt)
  const isOwn = !touched || touched.some((link) => link && concerns(link, attempt))
  must(isOwn, 'a payment of another order was cancelled', attempt)
  const row = ledger.payments.get(attempt.payment.imp_uid)
  must(row?.status === 'rejected', 'money was sent back without a line in the books', { attempt, row })
}

/** Somebody told the edge of real money, the edge answered 200: now it is in the books. */
export function checkHeard(link: LinksTable, attempt: Attempt, ledger: Ledger): void {
  const isKnown = !concerns(link, attempt) || isDecided(attempt.payment.imp_uid, ledger)
  must(isKnown, 'the edge was told of money and forgot it', attempt)
}

/** After the bad days: no won is where it should not be. */
export function checkEnd({ iamport, windows }: Stage, ledger: Ledger): void {
  for (const attempt of iamport.attempts) {
    if (moneyIn(attempt) === 0 || orderOf(attempt, ledger).length === 0) continue
    const { imp_uid, pay_method, cancel_amount } = attempt.payment
    must(isDecided(imp_uid, ledger), 'money came that nobody knows of', attempt)
    const row = ledger.payments.get(imp_uid)
    const foreign = ledger.foreign.get(imp_uid)
    if (foreign)
      must(
        majorOf(foreign.returned, foreign.currency) === cancel_amount,
        'foreign money is misreported',
        foreign,
      )
    // A deposit cannot be sent back without an account to send it to: it stays on the list.
    const isListed = row?.status === 'rejected' && pay_method === 'vbank'
    const isRight = row?.kept === 1 || isListed || provenWindow(attempt, windows) === undefined
    must(isRight, 'money that no link keeps was not sent back', { attempt, row })
  }
  for (const link of ledger.links) {
    const held = iamport.find(link.imp_uid ?? '')
    if (link.status === 'paid')
      must(held !== undefined && moneyIn(held) > 0, 'a link says paid, and all money went back', held)
  }
}
