// The whole database as rows, for checks that no query of the product stands between.
import type { HistoryRow, LinksTable, PaymentsTable, Tables } from '../../src/edge/store/tables.ts'
import type { Memory } from './memory.ts'

export interface Ledger {
  links: LinksTable[]
  payments: PaymentsTable[]
  history: HistoryRow[]
  notices: Tables['events'][]
}

export const readLedger = ({ rows }: Memory): Ledger => ({
  links: rows('links'),
  payments: rows('payments'),
  history: rows('history'),
  notices: rows('events'),
})
