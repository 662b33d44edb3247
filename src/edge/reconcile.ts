// What nobody tells of (design §4.5): the tab was closed, the phone is dead, the notice is lost. i'mport is
// asked about links that may have something under way, and about no others.

import { deliverSoon } from './deliver-soon.ts'
import type { AppDeps, Room } from './deps.ts'
import { findMerchant } from './merchants.ts'
import { tellNotGivenBack } from './reject-payment.ts'
import { roomOf } from './room.ts'
import { always, type GoOn } from './rounds.ts'
import { afterAnswer, askAgainAt, returnGraceMs, tryReturnAt } from './rules/ask-again.ts'
import { statusOf } from './rules/link-status.ts'
import { settle } from './settle.ts'
import type { InquiryRow, ReturnRow } from './store/tables.ts'

/** In one round; with the round's pause it bounds what i'mport is asked in a minute. */
const mostPerRound = 20
/** After so many without an answer the round ends: each may have taken the whole time-out. */
const mostUnanswered = 3

export interface Reconciled {
  /** Questions that were asked. */
  asked: number
  /** Of those, how many i'mport did not answer. */
  unanswered: number
}

/** One bounded round. It may run in several processes at once: each question is asked by one of them. */
export async function reconcileDue(deps: AppDeps, goOn: GoOn = always): Promise<Reconciled> {
  const room = roomOf(deps)
  const counts = { asked: 0, unanswered: 0 }
  const count = (answered: boolean | undefined) => {
    if (answered === undefined) return
    counts.asked += 1
    if (!answered) counts.unanswered += 1
  }
  // One after the other: this is never urgent, and customers wait for i'mport as well.
  for (const inquiry of await room.store.findDueInquiries(room.now(), mostPerRound)) {
    if (counts.unanswered >= mostUnanswered || !goOn()) break
    count(await inquire(room, inquiry))
  }
  for (const due of await room.store.findDueReturns(room.now(), mostPerRound)) {
    if (counts.unanswered >= mostUnanswered || !goOn()) break
    count(await tryReturn(room, due))
  }
  if (counts.asked > 0) deliverSoon(room)
  if (counts.unanswered > 0) room.log.warn({ event: 'reconcile.unanswered', ...counts })
  return counts
}

/** @returns whether i'mport answered; nothing where another process asks */
async function inquire(room: Room, inquiry: InquiryRow): Promise<boolean | undefined> {
  const { store } = room
  const link = await store.findLink(inquiry.link_id)
  if (!link) return undefined
  const now = room.now()
  const { until, asks } = inquiry
  const status = statusOf(link, now)
  const closesAt = status === 'paid' ? await store.windowsCloseAt(link.id) : null
  const nextAt =
    closesAt !== null && closesAt > now
      ? askAgainAt({ asks: asks + 1, until: closesAt }, 'open', now, chance(room))
      : askAgainAt({ asks: asks + 1, until }, status, now, chance(room))
  if (!(await store.claimInquiry(inquiry, nextAt))) return undefined
  const settlement = await settle(room, link, undefined)
  room.meter.settled('reconciler', settlement.ok ? settlement.attempt.outcome : settlement.reason)
  const isDecided = settlement.ok && settlement.isDecided
  if (isDecided) await store.endClosedCheckouts(link.id, now)
  // Nobody can be asked about the links of a merchant who left the settings.
  if (settlement.ok || !findMerchant(room.settings.merchants, link.user_code)) {
    const after = afterAnswer(until, isDecided || !settlement.ok, now, chance(room))
    if (after === 'ends') await store.endInquiry(inquiry, room.now())
    else if (after !== 'as planned') await store.postponeInquiry(inquiry, after)
  }
  return settlement.ok
}

/** Settling a rejected payment again goes on where giving it back was left. */
async function tryReturn(room: Room, due: ReturnRow): Promise<boolean | undefined> {
  const link = await room.store.findLink(due.link_id)
  if (!link) return undefined
  const nextAt = tryReturnAt({ ...due, tries: due.tries + 1 }, room.now(), chance(room))
  if (!(await room.store.claimReturn(due, nextAt))) return undefined
  const settled = await settle(room, link, due.imp_uid)
  const row = await room.store.findPayment(due.imp_uid)
  if (room.now() >= due.since + returnGraceMs && row && row.returned < row.amount)
    await tellNotGivenBack(room, link, row)
  return settled.ok
}

function chance({ random }: Room): number {
  const [byte = 0] = random(new Uint8Array(1))
  return byte / 255
}
