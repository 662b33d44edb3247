import type { Room } from '../../context.ts'
import type { LogEntry } from '../../platform/observability/logger.ts'
import type { LimitName } from '../../platform/ports/rate-limits.ts'

/** A line about what anybody can cause: a few a minute for each `key`, so that nobody fills the log. */
export async function warnSparingly({ limiter, log }: Room, key: string, entry: LogEntry): Promise<void> {
  const wait = await limiter.take('warning', key)
  log[wait > 0 ? 'debug' : 'warn'](entry)
}

export async function warnOfLimit(room: Room, name: LimitName): Promise<void> {
  room.meter.limited(name)
  await warnSparingly(room, name, { event: 'request.limited', limit: name })
}
