// All SQL of Dari is in this room; README.md lists what is kept and for how long.
import type { Order } from '../domain/links/link.ts'
import type { Database } from '../platform/ports/database.ts'
import { claimCard, releaseCard } from './cards/card-calls.ts'
import { findTiersOf, markDeleted } from './cards/deleted-cards.ts'
import { hasRival, recordCardFailure, registerCard, rememberBefore } from './cards/registrations.ts'
import { readLastWrite } from './health/last-write.ts'
import { reachDatabase } from './health/ping.ts'
import {
  endCheckout,
  endClosedCheckouts,
  findLastMethod,
  isOpenElsewhere,
  markOpened,
  mayBeUnderWay,
  recordCheckout,
  wasGranted,
  windowsCloseAt,
} from './links/checkouts.ts'
import { createLink, findLink, findOrder } from './links/links.ts'
import { type ListFilter, listLinks, readHistory, readUnkept } from './links/list.ts'
import { dropLogos, findLogo, keepLogo, keepLogoUntil, readLogo } from './links/logos.ts'
import { findPermissions, mayBeApproved } from './links/permissions.ts'
import { findGlobal, findLinkByRef } from './links/portone-links.ts'
import { eraseBuyers, findOverdue, postponeSweep, prune } from './links/sweep.ts'
import { type Move, moveLink } from './links/transitions.ts'
import { readMarks } from './links/versions.ts'
import { recordWindowFailure } from './links/window-failures.ts'
import { findForeignPayment, recordForeignPayment } from './payments/foreign-payments.ts'
import {
  findPayment,
  recordGivenBack,
  recordNotGivenBack,
  recordPartialReturn,
  recordPayment,
} from './payments/payments.ts'
import { claimReturn, findDueReturns } from './payments/refunds.ts'
import { readBacklog } from './queues/backlog.ts'
import {
  claimEvent,
  closeAttempt,
  findDueEvents,
  findEvent,
  listEvents,
  redeliverEvent,
} from './queues/events.ts'
import {
  claimInquiry,
  endInquiry,
  findDueInquiries,
  inquireSince,
  postponeInquiry,
} from './queues/inquiries.ts'
import { claimMessage, closeMessage, dropMessages, findDueMessages } from './queues/message-queue.ts'
import { forgetRecipients } from './queues/messages.ts'

export function createStore(database: Database) {
  const on =
    <Rest extends unknown[], Result>(call: (database: Database, ...rest: Rest) => Result) =>
    (...rest: Rest): Result =>
      call(database, ...rest)
  return {
    findLink: (id: string) => findLink(database, id),
    readLastWrite: on(readLastWrite),
    findGlobal: on(findGlobal),
    findLinkByRef: on(findLinkByRef),
    findOrder: (order: Order, ids?: readonly string[]) => findOrder(database, order, ids),
    createLink: on(createLink),
    moveLink: (move: Move, moveId: string) => moveLink(database, move, moveId),
    listLinks: (filter: ListFilter, now: number) => listLinks(database, filter, now),
    readHistory: (linkIds: string[]) => readHistory(database, linkIds),
    readUnkept: (linkIds: string[]) => readUnkept(database, linkIds),
    hasRival: on(hasRival),
    rememberBefore: on(rememberBefore),
    registerCard: on(registerCard),
    recordCardFailure: on(recordCardFailure),
    claimCard: on(claimCard),
    releaseCard: on(releaseCard),
    findTiersOf: on(findTiersOf),
    markDeleted: on(markDeleted),
    recordWindowFailure: on(recordWindowFailure),
    findPayment: on(findPayment),
    recordPayment: on(recordPayment),
    recordPartialReturn: on(recordPartialReturn),
    recordGivenBack: on(recordGivenBack),
    recordNotGivenBack: on(recordNotGivenBack),
    findForeignPayment: on(findForeignPayment),
    recordForeignPayment: on(recordForeignPayment),
    recordCheckout: on(recordCheckout),
    findLastMethod: on(findLastMethod),
    markOpened: on(markOpened),
    isOpenElsewhere: on(isOpenElsewhere),
    wasGranted: on(wasGranted),
    mayBeApproved: on(mayBeApproved),
    windowsCloseAt: on(windowsCloseAt),
    mayBeUnderWay: on(mayBeUnderWay),
    findPermissions: on(findPermissions),
    endCheckout: on(endCheckout),
    endClosedCheckouts: on(endClosedCheckouts),
    inquireSince: on(inquireSince),
    findDueInquiries: on(findDueInquiries),
    claimInquiry: on(claimInquiry),
    endInquiry: on(endInquiry),
    postponeInquiry: on(postponeInquiry),
    findDueReturns: on(findDueReturns),
    claimReturn: on(claimReturn),
    findDueEvents: on(findDueEvents),
    claimEvent: on(claimEvent),
    closeAttempt: on(closeAttempt),
    listEvents: on(listEvents),
    findEvent: on(findEvent),
    redeliverEvent: on(redeliverEvent),
    findLogo: on(findLogo),
    keepLogo: on(keepLogo),
    keepLogoUntil: on(keepLogoUntil),
    readLogo: on(readLogo),
    dropLogos: on(dropLogos),
    forgetRecipients: on(forgetRecipients),
    findDueMessages: on(findDueMessages),
    claimMessage: on(claimMessage),
    closeMessage: on(closeMessage),
    dropMessages: on(dropMessages),
    findOverdue: on(findOverdue),
    postponeSweep: on(postponeSweep),
    eraseBuyers: on(eraseBuyers),
    prune: on(prune),
    readMarks: on(readMarks),
    readBacklog: on(readBacklog),
    /** Rejects when the database does not answer. */
    reach: on(reachDatabase),
  }
}

export type Store = ReturnType<typeof createStore>
