// What nobody tells of (design §4.5): the tab was closed, the phone is dead, the notice is lost. i'mport is
// asked about links that may have something under way, and about no others.

import { findMerchant } from '../../config/merchants.ts'
import type { AppContext, AppDeps } from '../../context.ts'
import { createContext } from '../../create-context.ts'
import { type MerchantStatus, statusOf } from '../../domain/links/link-status.ts'
import {
  nextInquiryAt,
  nextRefundAttemptAt,
  refundGraceMs,
  scheduleAfter,
} from '../../domain/payments/reconcile-schedule.ts'
import { createAdaptiveLimit } from '../../iamport/adaptive-limit.ts'
import { observeAnswers } from '../../iamport/metered.ts'
import { runConcurrently, type Task } from '../../platform/concurrency/run-concurrently.ts'
import { always, type ShouldContinue } from '../../platform/concurrency/should-continue.ts'
import { logError } from '../../platform/observability/log-error.ts'
import type { LogEntry } from '../../platform/observability/logger.ts'
import { DatabaseUnavailable } from '../../platform/ports/database.ts'
import type { InquiryRow, RefundRow } from '../../store/sql/tables.ts'
import { deliverInBackground } from '../webhooks/deliver-in-background.ts'
import { emitRefundFailed } from './reject-payment.ts'
import { settle } from './settle.ts'

/** Customers' requests call i'mport as well, and this is less urgent. */
const maxConcurrency = 8
/** Cloudflare allows an invocation six connections, and deliveries use them as well. */
const maxConcurrencyOnWorkers = 3
const batchSize = 50

export interface ReconcileResult {
  /** Questions that were asked. */
  asked: number
  /** Of those, how many i'mport did not answer. */
  unanswered: number
}

/**
 * Runs until nothing is due or i'mport is unavailable. Several processes may run it at once: each question is asked by
 * one of them.
 */
export async function reconcileDue(deps: AppDeps, goOn: ShouldContinue = always): Promise<ReconcileResult> {
  const own = createContext(deps)
  const limit = createAdaptiveLimit(deps.isolatesRequests ? maxConcurrencyOnWorkers : maxConcurrency)
  const context = { ...own, iamport: observeAnswers(own.iamport, (_, answer) => limit.observe(answer)) }
  const counts = { asked: 0, unanswered: 0 }
  const count = (answered: boolean | undefined) => {
    if (answered === undefined) return
    counts.asked += 1
    if (!answered) counts.unanswered += 1
  }
  const toTask = ({ key, ...question }: Question): Task => ({
    key,
    run: async () => count(await tryToAsk(context, question)),
  })
  try {
    await runConcurrently(async () => (await findQuestions(context)).map(toTask), {
      concurrency: limit.concurrency,
      shouldContinue: () => goOn() && !limit.isUnavailable(),
    })
  } finally {
    if (counts.asked > 0) deliverInBackground(own)
    if (counts.unanswered > 0) context.log.warn({ event: 'reconcile.unanswered', ...counts })
  }
  return counts
}

interface Question {
  key: string
  logFields: Omit<LogEntry, 'event'>
  /** @returns whether i'mport answered; nothing where another process asks */
  ask: () => Promise<boolean | undefined>
  /** Sets the next time, if asking failed before that. */
  postpone: () => Promise<unknown>
}

/** Alternates between both kinds, so that a backlog of one does not delay the other. */
async function findQuestions(context: AppContext): Promise<Question[]> {
  const { store } = context
  const now = context.now()
  const inquiries = (await store.findDueInquiries(now, batchSize)).map(
    (inquiry): Question => ({
      key: `inquiry ${inquiry.link_id} ${inquiry.ask_at}`,
      logFields: { link: inquiry.link_id },
      ask: () => inquire(context, inquiry),
      postpone: () => store.claimInquiry(inquiry, rescheduleAt(context, inquiry, 'open')),
    }),
  )
  const returns = (await store.findDueReturns(now, batchSize)).map(
    (due): Question => ({
      key: `return ${due.imp_uid} ${due.try_at}`,
      logFields: { link: due.link_id, imp_uid: due.imp_uid },
      ask: () => tryReturn(context, due),
      postpone: () => store.claimReturn(due, nextReturnAt(context, due)),
    }),
  )
  const longest = Math.max(inquiries.length, returns.length)
  return Array.from({ length: longest }, (_, at) => [inquiries[at], returns[at]])
    .flat()
    .filter((question) => question !== undefined)
}

/** A question that fails is logged and asked again later; the round goes on. */
async function tryToAsk({ log }: AppContext, { logFields, ask, postpone }: Omit<Question, 'key'>) {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error
    logError(log, { event: 'reconcile.failed', ...logFields }, error)
    await postpone()
    return false
  }
}

const rescheduleAt = (
  context: AppContext,
  { asks, until }: Pick<InquiryRow, 'asks' | 'until'>,
  status: MerchantStatus,
) => nextInquiryAt({ asks: asks + 1, until }, status, context.now(), chance(context))

const nextReturnAt = (context: AppContext, { tries, since }: RefundRow) =>
  nextRefundAttemptAt({ tries: tries + 1, since }, context.now(), chance(context))

async function inquire(context: AppContext, inquiry: InquiryRow): Promise<boolean | undefined> {
  const { store } = context
  const link = await store.findLink(inquiry.link_id)
  if (!link) throw new Error(`link ${inquiry.link_id} is gone`)
  const now = context.now()
  const { asks, until } = inquiry
  const status = statusOf(link, now)
  // Through another window of a link that is paid or awaits a deposit, a second payment may still be approved.
  const isHeld = status === 'paid' || status === 'awaiting_deposit'
  const closesAt = isHeld ? await store.windowsCloseAt(link.id) : null
  const nextAt =
    closesAt !== null && closesAt > now
      ? rescheduleAt(context, { asks, until: closesAt }, 'open')
      : rescheduleAt(context, inquiry, status)
  if (!(await store.claimInquiry(inquiry, nextAt))) return undefined
  const settlement = await settle(context, link, undefined)
  context.metrics.settled('reconciler', settlement.ok ? settlement.attempt.outcome : settlement.reason)
  const isDecided = settlement.ok && settlement.isDecided
  if (isDecided) await store.endClosedCheckouts(link.id, now)
  // Nobody can be asked about the links of a merchant who left the settings.
  if (settlement.ok || !findMerchant(context.settings.merchants, link.user_code)) {
    const after = scheduleAfter(until, isDecided || !settlement.ok, now, chance(context))
    if (after === 'ends') await store.endInquiry(inquiry, context.now())
    else if (after !== 'as planned') await store.postponeInquiry(inquiry, after)
  }
  return settlement.ok
}

/** Settling a rejected payment again goes on where giving it back was left. */
async function tryReturn(context: AppContext, due: RefundRow): Promise<boolean | undefined> {
  const link = await context.store.findLink(due.link_id)
  if (!link) throw new Error(`link ${due.link_id} is gone`)
  if (!(await context.store.claimReturn(due, nextReturnAt(context, due)))) return undefined
  const settled = await settle(context, link, due.imp_uid)
  const row = await context.store.findPayment(due.imp_uid)
  if (context.now() >= due.since + refundGraceMs && row && row.returned < row.amount)
    await emitRefundFailed(context, link, row)
  return settled.ok
}

function chance({ random }: AppContext): number {
  const [byte = 0] = random(new Uint8Array(1))
  return byte / 255
}
