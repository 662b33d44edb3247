// One attempt to send one message.

import { findMerchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { nextAttemptAt } from '../../platform/concurrency/backoff.ts'
import type { SendResult } from '../../platform/ports/messaging.ts'
import type { MessageOutcome } from '../../store/queues/message-queue.ts'
import type { MessageRow } from '../../store/sql/tables.ts'
import { composeMail } from './compose-mail.ts'
import { composeText } from './compose-text.ts'

/** Longer than the timeouts of the transports. */
const timeoutMs = 45_000

/** @param until end of the lease. @returns whether it was sent */
export async function sendMessage(context: AppContext, message: MessageRow, until: number): Promise<boolean> {
  const sent = await compose(context, message)
  const now = context.now()
  const result = sent === undefined ? { outcome: 'dropped' as const } : outcomeOf(context, message, sent, now)
  await context.store.closeMessage(message, until, now, result)
  // Logs contain neither address nor text.
  const { id, kind, channel, link_id } = message
  const logFields = { id, kind, channel, link: link_id, attempts: message.attempts + 1 }
  if (result.outcome !== 'dropped') context.metrics.messaged(channel, kind, result.outcome)
  if (result.outcome === 'sent') context.log.info({ event: 'message.sent', ...logFields })
  if (result.outcome === 'again')
    context.log.warn({ event: 'message.failed', ...logFields, why: result.why, due_at: result.due_at })
  if (result.outcome === 'failed')
    context.log.error({ event: 'message.abandoned', ...logFields, why: result.why })
  return result.outcome === 'sent'
}

/** @returns undefined if the link's status no longer fits the message */
async function compose(context: AppContext, message: MessageRow): Promise<SendResult | undefined> {
  const { id, kind, channel, address } = message
  const link = await context.store.findLink(message.link_id)
  const wanted = kind === 'receipt' ? 'paid' : 'open'
  if (!link || !address || statusOf(link, context.now()) !== wanted) return undefined
  const { merchants, publicUrl } = context.settings
  const merchant = findMerchant(merchants, link.user_code)
  const source = { ...message, link, merchant, publicUrl }
  const { mailer, smsSender } = context
  if (channel === 'email') {
    if (!mailer) return { ok: false, again: true, why: 'no e-mail is set up' }
    return withTimeout(mailer.send(composeMail(source, id, address)))
  }
  if (!smsSender) return { ok: false, again: true, why: 'no SMS is set up' }
  return withTimeout(smsSender.send(composeText(source, id, address)))
}

function outcomeOf(
  { random }: AppContext,
  message: MessageRow,
  sent: SendResult,
  now: number,
): MessageOutcome {
  if (sent.ok) return { outcome: 'sent' }
  const { again, why } = sent
  const [byte = 0] = random(new Uint8Array(1))
  const due_at = again
    ? nextAttemptAt(message.attempts + 1, message.since ?? message.created_at, now, byte / 255)
    : null
  return due_at === null ? { outcome: 'failed', why } : { outcome: 'again', why, due_at }
}

async function withTimeout(sending: Promise<SendResult>): Promise<SendResult> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<SendResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, again: true, why: 'no answer in time' }), timeoutMs)
  })
  return Promise.race([sending, timeUp]).finally(() => clearTimeout(timer))
}
