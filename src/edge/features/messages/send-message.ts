// One attempt at one message.

import { findMerchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { nextAttemptAt } from '../../platform/concurrency/backoff.ts'
import type { SendResult } from '../../platform/ports/messaging.ts'
import type { MessageOutcome } from '../../store/queues/message-queue.ts'
import type { MessageRow } from '../../store/sql/tables.ts'
import { composeMail } from './compose-mail.ts'
import { composeText } from './compose-text.ts'

/** Above every time-out of a mailer or smsSender. */
const timeoutMs = 45_000

/** @param until when the claim ends. @returns whether it was sent */
export async function sendMessage(context: AppContext, message: MessageRow, until: number): Promise<boolean> {
  const sent = await hand(context, message)
  const now = context.now()
  const result = sent === undefined ? { outcome: 'dropped' as const } : judge(context, message, sent, now)
  await context.store.closeMessage(message, until, now, result)
  // Neither the address nor a word of the text.
  const { id, kind, channel, link_id } = message
  const told = { id, kind, channel, link: link_id, attempts: message.attempts + 1 }
  if (result.outcome !== 'dropped') context.metrics.messaged(channel, kind, result.outcome)
  if (result.outcome === 'sent') context.log.info({ event: 'message.sent', ...told })
  if (result.outcome === 'again')
    context.log.warn({ event: 'message.failed', ...told, why: result.why, due_at: result.due_at })
  if (result.outcome === 'failed') context.log.error({ event: 'message.given_up', ...told, why: result.why })
  return result.outcome === 'sent'
}

/** @returns nothing when the link has changed since the claim */
async function hand(context: AppContext, message: MessageRow): Promise<SendResult | undefined> {
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
    return within(mailer.send(composeMail(source, id, address)))
  }
  if (!smsSender) return { ok: false, again: true, why: 'no SMS is set up' }
  return within(smsSender.send(composeText(source, id, address)))
}

function judge({ random }: AppContext, message: MessageRow, sent: SendResult, now: number): MessageOutcome {
  if (sent.ok) return { outcome: 'sent' }
  const { again, why } = sent
  const [byte = 0] = random(new Uint8Array(1))
  const due_at = again
    ? nextAttemptAt(message.attempts + 1, message.since ?? message.created_at, now, byte / 255)
    : null
  return due_at === null ? { outcome: 'failed', why } : { outcome: 'again', why, due_at }
}

async function within(sending: Promise<SendResult>): Promise<SendResult> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeUp = new Promise<SendResult>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, again: true, why: 'no answer in time' }), timeoutMs)
  })
  return Promise.race([sending, timeUp]).finally(() => clearTimeout(timer))
}
