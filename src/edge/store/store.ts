// All SQL of Dari is in this room; README.md lists what is kept and for how long.
import type { Link, Order } from '../link.ts'
import { findLastMethod, recordCheckout } from './checkouts.ts'
import type { Database } from './database.ts'
import { claimEvent, closeAttempt, type EventRow, findDueEvents } from './events.ts'
import { createLink, findLink, findOrder } from './links.ts'
import { type ListFilter, listLinks, readHistory } from './list.ts'
import { type Move, moveLink } from './moves.ts'
import { findPayment, recordPayment, recordReturn } from './payments.ts'
import type { PaymentsTable, Tables } from './tables.ts'

export function createStore(database: Database) {
  return {
    findLink: (id: string) => findLink(database, id),
    findOrder: (order: Order) => findOrder(database, order),
    createLink: (link: Link, older: Link | undefined) => createLink(database, link, older),
    moveLink: (move: Move, moveId: string) => moveLink(database, move, moveId),
    findPayment: (impUid: string) => findPayment(database, impUid),
    recordPayment: (payment: PaymentsTable, why: string) => recordPayment(database, payment, why),
    recordReturn: (impUid: string, returned: number) => recordReturn(database, impUid, returned),
    recordCheckout: (checkout: Tables['checkouts']) => recordCheckout(database, checkout),
    findLastMethod: (linkId: string) => findLastMethod(database, linkId),
    listLinks: (filter: ListFilter, now: number) => listLinks(database, filter, now),
    readHistory: (linkIds: string[]) => readHistory(database, linkIds),
    findDueEvents: (now: number, limit: number) => findDueEvents(database, now, limit),
    claimEvent: (event: EventRow, until: number) => claimEvent(database, event, until),
    closeAttempt: (id: string, outcome: { delivered_at: number | null; due_at: number | null }) =>
      closeAttempt(database, id, outcome),
  }
}

export type Store = ReturnType<typeof createStore>
