// Foreign payments are reported once and never refunded.
import type { ForeignPaymentsTable } from '../../src/edge/store/sql/tables.ts'
import { concerns, isSameMoney, type Ledger, majorOf } from './ledger.ts'
import { must } from './must.ts'
import type { Stage } from './stage.ts'
import { provenWindow } from './windows.ts'

/** @param isKnown it was recorded before the scene */
export function checkForeign(
  stage: Stage,
  ledger: Ledger,
  row: ForeignPaymentsTable,
  isKnown: boolean,
): void {
  const attempt = stage.iamport.find(row.imp_uid)
  const link = ledger.links.find(({ id }) => id === row.link_id)
  must(attempt !== undefined && link !== undefined, "a foreign payment does not exist at i'mport", row)
  must(concerns(link, attempt), 'a foreign payment is reported for another order', { row, attempt })
  const { amount, cancel_amount } = attempt.payment
  must(majorOf(row.amount, row.currency) === amount, 'a foreign payment has another amount', {
    row,
    attempt,
  })
  must(
    majorOf(row.returned, row.currency) <= cancel_amount,
    'a foreign payment is falsely reported as refunded',
    row,
  )
  const told = ledger.history.filter(({ id }) => id === `${row.imp_uid}:foreign`)
  must(told.length === 1, 'a foreign payment was not reported exactly once', { row, told })
  if (isKnown) return
  must(attempt.payment.paid_at > 0, 'an unpaid foreign payment is reported', row)
  const window = provenWindow(attempt, stage.windows)
  must(window === undefined, 'a payment through a window is reported as foreign', { row, attempt })
  stage.heard.foreign += 1
  if (attempt.window && attempt.startedAt > attempt.window.holdsUntil) stage.heard.startedLate += 1
  if (isSameMoney(link, attempt.payment)) stage.heard.paidElsewhere += 1
}
