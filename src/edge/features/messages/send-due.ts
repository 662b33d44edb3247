// The queue of messages to customers: sent at least once, with growing pauses for a day, and not at all once the
// link is no more what the message says.
import type { AppDeps, Room } from '../../context.ts'
import { roomOf } from '../../create-context.ts'
import type { MessageChannel } from '../../domain/messages/message.ts'
import { always, type GoOn } from '../../platform/concurrency/should-continue.ts'
import { workLoops } from '../../platform/concurrency/work-loop.ts'
import { DatabaseAway } from '../../platform/ports/database.ts'
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
export async function sendDueMessages(deps: AppDeps, goOn: GoOn = always): Promise<number> {
  const room = roomOf(deps)
  const dropped = await room.store.dropMessages(room.now())
  if (dropped > 0) room.log.info({ event: 'message.dropped', count: dropped })
  const sent = await Promise.all(channels.map((channel) => sendBy(room, channel, goOn)))
  return sent.reduce((sum, count) => sum + count, 0)
}

async function sendBy(room: Room, channel: MessageChannel, goOn: GoOn): Promise<number> {
  const { store } = room
  const loop = loops[channel](room.database, room.requestsApart)
  let sent = 0

  async function send(message: MessageRow, until: number): Promise<void> {
    try {
      if (await sendMessage(room, message, until)) sent += 1
    } catch (error) {
      if (error instanceof DatabaseAway) return
      room.log.error({ event: 'message.sending_broke', id: message.id, error: nameOf(error) })
    }
  }

  async function claim(message: MessageRow) {
    const until = room.now() + leaseMs
    return (await store.claimMessage(message, room.now(), until)) ? () => send(message, until) : undefined
  }

  async function startDue(): Promise<boolean> {
    const limit = mostAtOnce - loop.inFlight.size
    const due = limit > 0 ? await store.findDueMessages(room.now(), { channel, limit }) : []
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
