// Invariants of every payment: kept, rejected and refunded, or foreign.
import type { LinksTable, PaymentsTable } from '../../src/edge/store/sql/tables.ts'
import { type Attempt, moneyIn } from './attempt.ts'
import { checkForeign } from './check-foreign.ts'
import { dayMs, minuteMs, toleranceMs } from './clock.ts'
import { invariant } from './invariant.ts'
import { concerns, currentOf, isDecided, isSameMoney, type Ledger, majorOf, orderOf } from './ledger.ts'
import type { Simulation } from './simulation.ts'
import { isLikely, provenWindow } from './windows.ts'

/** @param before the ledger before the scene */
export function checkPayments(simulation: Simulation, ledger: Ledger, before: Ledger): void {
  for (const row of ledger.payments.values()) {
    const attempt = simulation.iamport.find(row.imp_uid)
    const link = ledger.links.find(({ id }) => id === row.link_id)
    invariant(attempt !== undefined && link !== undefined, "a payment does not exist at i'mport", row)
    invariant(concerns(link, attempt), 'a payment is recorded for a link of another order', {
      link,
      attempt,
    })
    invariant(
      !ledger.foreign.has(row.imp_uid) || !isOurs(row),
      'a payment is both foreign and the order’s own',
      row,
    )
    const old = before.payments.get(row.imp_uid)
    if (row.kept === 1 && old?.kept !== 1) checkKept(simulation, ledger, row, link, attempt)
    if (row.status !== 'rejected') continue
    checkRefusal(row, ledger, attempt)
    if (old?.status !== 'rejected') checkRejected(simulation, ledger, row, link, attempt)
  }
  for (const row of ledger.foreign.values())
    checkForeign(simulation, ledger, row, before.foreign.has(row.imp_uid))
  for (const { imp_uid, since } of ledger.returns) {
    const isOverdue =
      simulation.clock.now > since + dayMs + minuteMs && simulation.lastFaultAt < since + dayMs
    const isReported = ledger.history.some(({ id }) => id === `${imp_uid}:not_given_back`)
    invariant(!isOverdue || isReported, 'a refund is missing after a day and was not reported', imp_uid)
  }
}

const isOurs = (row: PaymentsTable) => row.kept === 1 || row.status === 'rejected'

/** True if another price had replaced the link's before the window was opened. */
function isOldPrice(link: LinksTable, { links }: Ledger, { payment }: Attempt): boolean {
  const successor = links.find(({ id }) => id === link.superseded_by)
  return successor !== undefined && payment.started_at * 1000 > successor.created_at + toleranceMs
}

function checkKept(
  simulation: Simulation,
  ledger: Ledger,
  row: PaymentsTable,
  link: LinksTable,
  attempt: Attempt,
): void {
  const { windows, coverage } = simulation
  const current = currentOf(orderOf(attempt, ledger))
  const window = provenWindow(attempt, windows)
  const isClaimed = window !== undefined || (current !== undefined && isLikely(attempt, windows, current))
  invariant(isClaimed, 'a kept payment did not come through a window of the order', { row, attempt })
  invariant(isSameMoney(link, attempt.payment), 'a kept payment differs from the link’s amount', {
    row,
    link,
  })
  invariant(!isOldPrice(link, ledger, attempt), 'a replaced price was kept', { link, attempt })
  if (row.late === 1) checkLate(ledger, row, link, attempt)
  if (window === undefined) coverage.keptAsLikely += 1
  if (link.superseded_by !== null) coverage.oldPriceKept += 1
  if (row.late === 1) coverage.late += 1
}

/** A payment of the right amount is rejected only if the order is paid already or has ended. */
function checkRejected(
  { windows, latePayment, coverage }: Simulation,
  ledger: Ledger,
  row: PaymentsTable,
  link: LinksTable,
  attempt: Attempt,
): void {
  // An account that the page showed as the link's is the link's, with or without a mark.
  const isShown = ledger.history.some(
    ({ imp_uid, to_status }) => imp_uid === row.imp_uid && to_status === 'awaiting_deposit',
  )
  const isOwn = isShown || provenWindow(attempt, windows) !== undefined
  invariant(isOwn, 'a payment that did not come through a window was rejected', attempt)
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
      invariant(!isSame || old, 'a payment of the right amount was rejected for its amount', {
        row,
        link,
        attempt,
      })
      coverage[isSame ? 'oldPriceRejected' : 'tampered'] += 1
      return
    case 'second_payment':
      invariant(others.length > 0, 'the only payment of an order was rejected as a second one', {
        row,
        attempt,
      })
      return
    default:
      invariant(latePayment === 'refund', 'a late payment was rejected although late payments are kept', row)
      checkLate(ledger, row, link, attempt)
  }
}

/** Late: approved after the link ended, with no other link of the order asking for the amount. */
function checkLate(ledger: Ledger, row: PaymentsTable, link: LinksTable, attempt: Attempt): void {
  const { paid_at } = attempt.payment
  const ends = Math.min(link.expires_at, link.ended_at ?? Number.POSITIVE_INFINITY)
  // A paid link no longer has the time at which it was disabled.
  const closed = ledger.history.filter(
    ({ link_id, to_status }) => link_id === link.id && to_status === 'disabled',
  )
  const end = Math.min(ends, ...closed.map(({ at }) => at))
  invariant(paid_at * 1000 > end + toleranceMs, 'a payment in time is marked as late', { row, link, attempt })
  const current = currentOf(orderOf(attempt, ledger))
  const hasSuccessor =
    current !== undefined && current.id !== link.id && isSameMoney(current, attempt.payment)
  invariant(!hasSuccessor, 'a payment is marked as late although the link’s successor asks for it', {
    row,
    current,
  })
}

/** A rejection is reported, and so is its refund. */
function checkRefusal(row: PaymentsTable, { history }: Ledger, { payment }: Attempt): void {
  invariant(row.kept === 0, 'a payment is both kept and rejected', row)
  const returned = majorOf(row.returned, row.currency)
  invariant(returned <= payment.cancel_amount, 'a payment is falsely recorded as refunded', { row, payment })
  const notes = history.filter(({ imp_uid }) => imp_uid === row.imp_uid).map(({ why }) => why)
  invariant(notes.includes(`payment_rejected_${row.why}`), 'a rejection was not reported', { row, notes })
  const isBack = notes.includes('payment_returned')
  invariant(isBack === row.returned >= row.amount, 'a refund was not reported when it was complete', {
    row,
    notes,
  })
}

/** @param touched the links of the scene; undefined: any */
export function checkCancelled(
  attempt: Attempt,
  { windows }: Simulation,
  ledger: Ledger,
  touched: (LinksTable | undefined)[] | undefined,
): void {
  const window = provenWindow(attempt, windows)
  invariant(window !== undefined, 'a payment that did not come through a window was refunded', attempt)
  const isOwn = !touched || touched.some((link) => link && concerns(link, attempt))
  invariant(isOwn, 'a payment of another order was refunded', attempt)
  const row = ledger.payments.get(attempt.payment.imp_uid)
  invariant(row?.status === 'rejected', 'a refunded payment is not recorded as rejected', { attempt, row })
}

/** The edge answered 200 to a request about a paid payment, so it is recorded. */
export function checkAcknowledged(link: LinksTable, attempt: Attempt, ledger: Ledger): void {
  const isKnown = !concerns(link, attempt) || isDecided(attempt.payment.imp_uid, ledger)
  invariant(isKnown, 'the edge acknowledged a payment and did not record it', attempt)
}

/** After all faults: every payment is where it belongs. */
export function checkEnd({ iamport, windows }: Simulation, ledger: Ledger): void {
  for (const attempt of iamport.attempts) {
    if (moneyIn(attempt) === 0 || orderOf(attempt, ledger).length === 0) continue
    const { imp_uid, pay_method, cancel_amount } = attempt.payment
    invariant(isDecided(imp_uid, ledger), 'a paid payment is unknown', attempt)
    const row = ledger.payments.get(imp_uid)
    const foreign = ledger.foreign.get(imp_uid)
    if (foreign)
      invariant(
        majorOf(foreign.returned, foreign.currency) === cancel_amount,
        'a foreign payment is recorded with a wrong refund',
        foreign,
      )
    // The refund of a deposit needs a bank account, so it stays on the list.
    const isListed = row?.status === 'rejected' && pay_method === 'vbank'
    const isRight = row?.kept === 1 || isListed || provenWindow(attempt, windows) === undefined
    invariant(isRight, 'a payment that no link keeps was not refunded', { attempt, row })
  }
  for (const link of ledger.links) {
    const held = iamport.find(link.imp_uid ?? '')
    if (link.status === 'paid')
      invariant(held !== undefined && moneyIn(held) > 0, 'a paid link’s payment is fully refunded', held)
  }
}
