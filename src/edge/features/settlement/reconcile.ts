// Settles payments without a callback, return or notice (closed tab, lost webhook): polls i'mport for links that
// may have a payment under way, and retries refunds.

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

/** Low, because customers' requests share i'mport's rate limit. */
const maxConcurrency = 8
/** Cloudflare allows six connections per invocation, shared with event deliveries. */
const maxConcurrencyOnWorkers = 3
const batchSize = 50

export interface ReconcileResult {
  /** Inquiries and refund retries run. */
  asked: number
  /** Of those, how many got no answer from i'mport. */
  unanswered: number
}

/**
 * Runs until nothing is due or i'mport is unavailable. Safe to run in several processes: each inquiry is claimed by
 * one of them.
 */
export async function reconcileDue(
  deps: AppDeps,
  shouldContinue: ShouldContinue = always,
): Promise<ReconcileResult> {
  const baseContext = createContext(deps)
  const limit = createAdaptiveLimit(deps.isolatesRequests ? maxConcurrencyOnWorkers : maxConcurrency)
  const context = {
    ...baseContext,
    iamport: observeAnswers(baseContext.iamport, (_, answer) => limit.observe(answer)),
  }
  const counts = { asked: 0, unanswered: 0 }
  const count = (answered: boolean | undefined) => {
    if (answered === undefined) return
    counts.asked += 1
    if (!answered) counts.unanswered += 1
  }
  const toTask = ({ key, ...task }: ReconcileTask): Task => ({
    key,
    run: async () => count(await tryRun(context, task)),
  })
  try {
    await runConcurrently(async () => (await findDueTasks(context)).map(toTask), {
      concurrency: limit.concurrency,
      shouldContinue: () => shouldContinue() && !limit.isUnavailable(),
    })
  } finally {
    if (counts.asked > 0) deliverInBackground(baseContext)
    if (counts.unanswered > 0) context.log.warn({ event: 'reconcile.unanswered', ...counts })
  }
  return counts
}

interface ReconcileTask {
  key: string
  logFields: Omit<LogEntry, 'event'>
  /** @returns whether i'mport answered; undefined if another process claimed it */
  run: () => Promise<boolean | undefined>
  /** Sets the next time after a failure. */
  postpone: () => Promise<unknown>
}

/** Alternates between both kinds, so that a backlog of one does not delay the other. */
async function findDueTasks(context: AppContext): Promise<ReconcileTask[]> {
  const { store } = context
  const now = context.now()
  const inquiries = (await store.findDueInquiries(now, batchSize)).map(
    (inquiry): ReconcileTask => ({
      key: `inquiry ${inquiry.link_id} ${inquiry.ask_at}`,
      logFields: { link: inquiry.link_id },
      run: () => inquire(context, inquiry),
      postpone: () => store.claimInquiry(inquiry, rescheduleAt(context, inquiry, 'open')),
    }),
  )
  const refunds = (await store.findDueRefunds(now, batchSize)).map(
    (refund): ReconcileTask => ({
      key: `return ${refund.imp_uid} ${refund.try_at}`,
      logFields: { link: refund.link_id, imp_uid: refund.imp_uid },
      run: () => retryRefund(context, refund),
      postpone: () => store.claimRefund(refund, nextRefundAt(context, refund)),
    }),
  )
  const longest = Math.max(inquiries.length, refunds.length)
  return Array.from({ length: longest }, (_, at) => [inquiries[at], refunds[at]])
    .flat()
    .filter((task) => task !== undefined)
}

/** A failing inquiry is logged and postponed; the others continue. */
async function tryRun({ log }: AppContext, { logFields, run, postpone }: Omit<ReconcileTask, 'key'>) {
  try {
    return await run()
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
) => nextInquiryAt({ asks: asks + 1, until }, status, context.now(), randomFraction(context))

const nextRefundAt = (context: AppContext, { tries, since }: RefundRow) =>
  nextRefundAttemptAt({ tries: tries + 1, since }, context.now(), randomFraction(context))

async function inquire(context: AppContext, inquiry: InquiryRow): Promise<boolean | undefined> {
  const { store } = context
  const link = await store.findLink(inquiry.link_id)
  if (!link) throw new Error(`link ${inquiry.link_id} is gone`)
  const now = context.now()
  const { asks, until } = inquiry
  const status = statusOf(link, now)
  // A second payment may still be approved in another open window of a paid or awaiting link.
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
  // i'mport cannot be queried for a merchant who is no longer configured.
  if (settlement.ok || !findMerchant(context.settings.merchants, link.user_code)) {
    const after = scheduleAfter(until, isDecided || !settlement.ok, now, randomFraction(context))
    if (after === 'ends') await store.endInquiry(inquiry, context.now())
    else if (after !== 'as planned') await store.postponeInquiry(inquiry, after)
  }
  return settlement.ok
}

/** Settling a rejected payment again resumes its refund. */
async function retryRefund(context: AppContext, refund: RefundRow): Promise<boolean | undefined> {
  const link = await context.store.findLink(refund.link_id)
  if (!link) throw new Error(`link ${refund.link_id} is gone`)
  if (!(await context.store.claimRefund(refund, nextRefundAt(context, refund)))) return undefined
  const settled = await settle(context, link, refund.imp_uid)
  const row = await context.store.findPayment(refund.imp_uid)
  if (context.now() >= refund.since + refundGraceMs && row && row.returned < row.amount)
    await emitRefundFailed(context, link, row)
  return settled.ok
}

function randomFraction({ random }: AppContext): number {
  const [byte = 0] = random(new Uint8Array(1))
  return byte / 255
}
