// The queue of messages to customers: sent at least once, with growing pauses for a day, and not at all once the
// link is no more what the message says.
import type { AppDeps, Room } from '../deps.ts'
import { roomOf } from '../room.ts'
import { always, countsUnderWay, type GoOn, untilNoneIsLeft } from '../rounds.ts'
import { DatabaseAway } from '../store/database.ts'
import type { MessageRow } from '../store/tables.ts'
import type { MessageChannel } from './message.ts'
import { sendMessage } from './send-message.ts'

/** Longer than an attempt: whoever died during one leaves it to another. */
const leaseMs = 90_000
/** Of each channel: a mail server that does not answer must not hold up text messages. */
const mostAtOnce = 8

const channels: MessageChannel[] = ['email', 'phone']

/** Attempts under way in this process, whoever began them. */
const underway = countsUnderWay((): Record<MessageChannel, number> => ({ email: 0, phone: 0 }))

/** Sends every message that is due, until none is left. @returns how many were sent */
export async function sendDueMessages(deps: AppDeps, goOn: GoOn = always): Promise<number> {
  const room = roomOf(deps)
  const dropped = await room.store.dropMessages(room.now())
  if (dropped > 0) room.log.info({ event: 'message.dropped', count: dropped })
  const sent = await Promise.all(channels.map((channel) => sendBy(room, channel, goOn)))
  return sent.reduce((sum, count) => sum + count, 0)
}

async function sendBy(room: Room, channel: MessageChannel, goOn: GoOn): Promise<number> {
  const busy = underway(room.database, room.requestsApart)
  const own = new Set<Promise<void>>()
  let sent = 0

  const take = async (message: MessageRow): Promise<boolean> => {
    const until = room.now() + leaseMs
    busy[channel] += 1
    const claimed = await room.store.claimMessage(message, room.now(), until).catch((error: unknown) => {
      busy[channel] -= 1
      throw error
    })
    if (!claimed) {
      busy[channel] -= 1
      return false
    }
    const sending = sendMessage(room, message, until)
      .then((done) => {
        if (done) sent += 1
      })
      .catch((error: unknown) => {
        if (error instanceof DatabaseAway) return
        room.log.error({ event: 'message.sending_broke', id: message.id, error: nameOf(error) })
      })
      .finally(() => {
        own.delete(sending)
        busy[channel] -= 1
      })
    own.add(sending)
    return true
  }

  await untilNoneIsLeft(own, async () => {
    let began = false
    const limit = goOn() ? mostAtOnce - busy[channel] : 0
    const due = limit > 0 ? await room.store.findDueMessages(room.now(), { channel, limit }) : []
    for (const message of due) if (busy[channel] < mostAtOnce && (await take(message))) began = true
    return began
  })
  return sent
}

/** What a library throws may repeat an address in its message. */
function nameOf(error: unknown): string {
  return error instanceof Error ? (error.stack?.split('\n').slice(1).join('\n') ?? error.name) : typeof error
}
