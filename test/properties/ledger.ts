// The whole database as rows, read without the product's queries.
import type {
  ForeignPaymentsTable,
  HistoryRow,
  LinksTable,
  PaymentsTable,
  RefundRow,
  Tables,
} from '../../src/edge/store/sql/tables.ts'
import type { Attempt } from './attempt.ts'
import type { Memory } from './memory.ts'
import { orders } from './orders.ts'

export interface Ledger {
  links: LinksTable[]
  payments: Map<string, PaymentsTable>
  foreign: Map<string, ForeignPaymentsTable>
  returns: RefundRow[]
  history: HistoryRow[]
  events: Tables['events'][]
}

const byId = <Row extends { imp_uid: string }>(rows: Row[]) => new Map(rows.map((row) => [row.imp_uid, row]))

export const readLedger = ({ rows }: Memory): Ledger => ({
  links: rows('links'),
  payments: byId(rows<PaymentsTable>('payments')),
  foreign: byId(rows<ForeignPaymentsTable>('foreign_payments')),
  returns: rows('returns'),
  history: rows('history'),
  events: rows('events'),
})

export const storeOf = ({ user_code }: Pick<LinksTable, 'user_code'>) =>
  orders.find((order) => order.user_code === user_code)?.store

/** True for a payment of this link's order and store, through a channel of the right kind. */
export const concerns = (link: LinksTable, { store, payment }: Attempt): boolean =>
  payment.merchant_uid === link.merchant_uid &&
  store === storeOf(link) &&
  (!payment.sandbox || store === 'key3')

export const orderOf = (attempt: Attempt, { links }: Ledger) =>
  links.filter((link) => concerns(link, attempt))

/** The latest link of an order. */
export const currentOf = (order: LinksTable[]) => order.find(({ superseded_by }) => superseded_by === null)

export const isSameMoney = (
  one: { amount: number; currency: string },
  other: { amount: number; currency: string },
): boolean => one.amount === other.amount && one.currency === other.currency

/** Decided: kept, rejected or foreign. */
export function isDecided(imp_uid: string, { payments, foreign }: Ledger): boolean {
  const row = payments.get(imp_uid)
  return row?.kept === 1 || row?.status === 'rejected' || foreign.has(imp_uid)
}

/** Stored amounts are in minor units. */
export const majorOf = (minor: number, currency: string) => (currency === 'USD' ? minor / 100 : minor)
