// All SQL of Dari is in this folder; README.md lists the stored data and its retention.
import type { Order } from '../domain/links/link.ts'
import type { Database } from '../platform/ports/database.ts'
import { claimCard, releaseCard } from './cards/card-calls.ts'
import { findTiersOf, markDeleted } from './cards/deleted-cards.ts'
import { hasRival, recordCardFailure, registerCard, saveKeyBefore } from './cards/registrations.ts'
import { readLastWrite } from './health/last-write.ts'
import { pingDatabase } from './health/ping.ts'
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
import { findLink, findOrder, insertLink } from './links/links.ts'
import { type ListFilter, listLinks, readHistory, readRejectedPayments } from './links/list.ts'
import { deleteLogos, extendLogo, findLogo, insertLogo, readLogo } from './links/logos.ts'
import { findPermissions, mayBeApproved } from './links/permissions.ts'
import { findLinkByRef, findPortoneDetails } from './links/portone-links.ts'
import { eraseBuyers, findExpired, postponeExpiry, prune } from './links/sweep.ts'
import { type LinkTransition, transitionLink } from './links/transitions.ts'
import { readLinkVersions } from './links/versions.ts'
import { recordWindowFailure } from './links/window-failures.ts'
import { findForeignPayment, recordForeignPayment } from './payments/foreign-payments.ts'
import {
  findPayment,
  recordPartialRefund,
  recordPayment,
  recordRefund,
  recordRefundFailure,
} from './payments/payments.ts'
import { claimRefund, findDueRefunds } from './payments/refunds.ts'
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
  postponeInquiry,
  startInquiry,
} from './queues/inquiries.ts'
import { claimMessage, closeMessage, deleteMessages, findDueMessages } from './queues/message-queue.ts'
import { deleteRecipients } from './queues/messages.ts'

export function createStore(database: Database) {
  const on =
    <Rest extends unknown[], Result>(call: (database: Database, ...rest: Rest) => Result) =>
    (...rest: Rest): Result =>
      call(database, ...rest)
  return {
    findLink: (id: string) => findLink(database, id),
    readLastWrite: on(readLastWrite),
    findPortoneDetails: on(findPortoneDetails),
    findLinkByRef: on(findLinkByRef),
    findOrder: (order: Order, ids?: readonly string[]) => findOrder(database, order, ids),
    insertLink: on(insertLink),
    transitionLink: (move: LinkTransition, moveId: string) => transitionLink(database, move, moveId),
    listLinks: (filter: ListFilter, now: number) => listLinks(database, filter, now),
    readHistory: (linkIds: string[]) => readHistory(database, linkIds),
    readRejectedPayments: (linkIds: string[]) => readRejectedPayments(database, linkIds),
    hasRival: on(hasRival),
    saveKeyBefore: on(saveKeyBefore),
    registerCard: on(registerCard),
    recordCardFailure: on(recordCardFailure),
    claimCard: on(claimCard),
    releaseCard: on(releaseCard),
    findTiersOf: on(findTiersOf),
    markDeleted: on(markDeleted),
    recordWindowFailure: on(recordWindowFailure),
    findPayment: on(findPayment),
    recordPayment: on(recordPayment),
    recordPartialRefund: on(recordPartialRefund),
    recordRefund: on(recordRefund),
    recordRefundFailure: on(recordRefundFailure),
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
    startInquiry: on(startInquiry),
    findDueInquiries: on(findDueInquiries),
    claimInquiry: on(claimInquiry),
    endInquiry: on(endInquiry),
    postponeInquiry: on(postponeInquiry),
    findDueRefunds: on(findDueRefunds),
    claimRefund: on(claimRefund),
    findDueEvents: on(findDueEvents),
    claimEvent: on(claimEvent),
    closeAttempt: on(closeAttempt),
    listEvents: on(listEvents),
    findEvent: on(findEvent),
    redeliverEvent: on(redeliverEvent),
    findLogo: on(findLogo),
    insertLogo: on(insertLogo),
    extendLogo: on(extendLogo),
    readLogo: on(readLogo),
    deleteLogos: on(deleteLogos),
    deleteRecipients: on(deleteRecipients),
    findDueMessages: on(findDueMessages),
    claimMessage: on(claimMessage),
    closeMessage: on(closeMessage),
    deleteMessages: on(deleteMessages),
    findExpired: on(findExpired),
    postponeExpiry: on(postponeExpiry),
    eraseBuyers: on(eraseBuyers),
    prune: on(prune),
    readLinkVersions: on(readLinkVersions),
    readBacklog: on(readBacklog),
    /** Rejects when the database does not answer. */
    ping: on(pingDatabase),
  }
}

export type Store = ReturnType<typeof createStore>
