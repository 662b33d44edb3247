// Foreign payments are reported once and never refunded.
import type { ForeignPaymentsTable } from '../../src/edge/store/sql/tables.ts'
import { invariant } from './invariant.ts'
import { concerns, isSameMoney, type Ledger, majorOf } from './ledger.ts'
import type { Simulation } from './simulation.ts'
import { provenWindow } from './windows.ts'

/** @param isKnown it was recorded before the scene */
export function checkForeign(
  simulation: Simulation,
  ledger: Ledger,
  row: ForeignPaymentsTable,
  isKnown: boolean,
): void {
  const attempt = simulation.iamport.find(row.imp_uid)
  const link = ledger.links.find(({ id }) => id === row.link_id)
  invariant(attempt !== undefined && link !== undefined, "a foreign payment does not exist at i'mport", row)
  invariant(concerns(link, attempt), 'a foreign payment is reported for another order', { row, attempt })
  const { amount, cancel_amount } = attempt.payment
  invariant(majorOf(row.amount, row.currency) === amount, 'a foreign payment has another amount', {
    row,
    attempt,
  })
  invariant(
    majorOf(row.returned, row.currency) <= cancel_amount,
    'a foreign payment is falsely reported as refunded',
    row,
  )
  const reports = ledger.history.filter(({ id }) => id === `${row.imp_uid}:foreign`)
  invariant(reports.length === 1, 'a foreign payment was not reported exactly once', { row, reports })
  if (isKnown) return
  invariant(attempt.payment.paid_at > 0, 'an unpaid foreign payment is reported', row)
  const window = provenWindow(attempt, simulation.windows)
  invariant(window === undefined, 'a payment through a window is reported as foreign', { row, attempt })
  simulation.coverage.foreign += 1
  if (attempt.window && attempt.startedAt > attempt.window.holdsUntil) simulation.coverage.startedLate += 1
  if (isSameMoney(link, attempt.payment)) simulation.coverage.paidElsewhere += 1
}
