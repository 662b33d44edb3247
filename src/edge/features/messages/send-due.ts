// The queue of messages to customers: sent at least once, with growing pauses for a day, and not at all once the
// link is no more what the message says.
import type { AppContext, AppDeps } from '../../context.ts'
import { createContext } from '../../create-context.ts'
import type { MessageChannel } from '../../domain/messages/message.ts'
import { always, type ShouldContinue } from '../../platform/concurrency/should-continue.ts'
import { workLoops } from '../../platform/concurrency/work-loop.ts'
import { DatabaseUnavailable } from '../../platform/ports/database.ts'
import type { MessageRow } from '../../store/sql/tables.ts'
import { sendMessage } from './send-message.ts'

/** Longer than an attempt: whoever died during one leaves it to another. */
const leaseMs = 90_000
/** Of each channel: a mail server that does not answer must not hold up text messages. */
const mostAtOnce = 8

const channels: MessageChannel[] = ['email', 'phone']

const loops = { email: workLoops<MessageRow>(), phone: workLoops<MessageRow>() }

/**
 * Sends every message that is due, until none is left.
 * @returns how many were sent; not those that this process was at already
 */
export async function sendDueMessages(deps: AppDeps, goOn: ShouldContinue = always): Promise<number> {
  const context = createContext(deps)
  const dropped = await context.store.dropMessages(context.now())
  if (dropped > 0) context.log.info({ event: 'message.dropped', count: dropped })
  const sent = await Promise.all(channels.map((channel) => sendBy(context, channel, goOn)))
  return sent.reduce((sum, count) => sum + count, 0)
}

async function sendBy(context: AppContext, channel: MessageChannel, goOn: ShouldContinue): Promise<number> {
  const { store } = context
  const loop = loops[channel](context.database, context.isolatesRequests)
  let sent = 0

  async function send(message: MessageRow, until: number): Promise<void> {
    try {
      if (await sendMessage(context, message, until)) sent += 1
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return
      context.log.error({ event: 'message.sending_broke', id: message.id, error: nameOf(error) })
    }
  }

  async function claim(message: MessageRow) {
    const until = context.now() + leaseMs
    return (await store.claimMessage(message, context.now(), until)) ? () => send(message, until) : undefined
  }

  async function startDue(): Promise<boolean> {
    const limit = mostAtOnce - loop.inFlight.size
    const due = limit > 0 ? await store.findDueMessages(context.now(), { channel, limit }) : []
    await loop.start(due, claim)
    return due.length > 0
  }

  await loop.run(startDue, goOn)
  return sent
}

/** What a library throws may repeat an address in its message. */
function nameOf(error: unknown): string {
  return error instanceof Error ? (error.stack?.split('\n').slice(1).join('\n') ?? error.name) : typeof error
}
