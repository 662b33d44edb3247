// The queue of messages to customers: sent at least once, retried with exponential backoff for a day, and dropped if the
// link's status no longer fits the message.
import type { AppContext, AppDeps } from '../../context.ts'
import { createContext } from '../../create-context.ts'
import type { MessageChannel } from '../../domain/messages/message.ts'
import { always, type ShouldContinue } from '../../platform/concurrency/should-continue.ts'
import { workLoops } from '../../platform/concurrency/work-loop.ts'
import { DatabaseUnavailable } from '../../platform/ports/database.ts'
import type { MessageRow } from '../../store/sql/tables.ts'
import { sendMessage } from './send-message.ts'

/** Longer than an attempt; after a crash the message becomes due again. */
const leaseMs = 90_000
/** Per channel, so that a hanging mail server does not block text messages. */
const maxConcurrency = 8

const channels: MessageChannel[] = ['email', 'phone']

const loops = { email: workLoops<MessageRow>(), phone: workLoops<MessageRow>() }

/**
 * Sends every due message until none is left.
 * @returns number of sent messages, without those that this process was already sending
 */
export async function sendDueMessages(
  deps: AppDeps,
  shouldContinue: ShouldContinue = always,
): Promise<number> {
  const context = createContext(deps)
  const dropped = await context.store.deleteMessages(context.now())
  if (dropped > 0) context.log.info({ event: 'message.dropped', count: dropped })
  const sent = await Promise.all(channels.map((channel) => sendBy(context, channel, shouldContinue)))
  return sent.reduce((sum, count) => sum + count, 0)
}

async function sendBy(
  context: AppContext,
  channel: MessageChannel,
  shouldContinue: ShouldContinue,
): Promise<number> {
  const { store } = context
  const loop = loops[channel](context.database, context.isolatesRequests)
  let sent = 0

  async function send(message: MessageRow, until: number): Promise<void> {
    try {
      if (await sendMessage(context, message, until)) sent += 1
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return
      context.log.error({ event: 'message.send_error', id: message.id, error: nameOf(error) })
    }
  }

  async function claim(message: MessageRow) {
    const until = context.now() + leaseMs
    return (await store.claimMessage(message, context.now(), until)) ? () => send(message, until) : undefined
  }

  async function startDue(): Promise<boolean> {
    const limit = maxConcurrency - loop.inFlight.size
    const due = limit > 0 ? await store.findDueMessages(context.now(), { channel, limit }) : []
    await loop.start(due, claim)
    return due.length > 0
  }

  await loop.run(startDue, shouldContinue)
  return sent
}

/** Stack without the message: a library's error message may contain the recipient's address. */
function nameOf(error: unknown): string {
  return error instanceof Error ? (error.stack?.split('\n').slice(1).join('\n') ?? error.name) : typeof error
}
