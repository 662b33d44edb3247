import { deliverDue } from './deliver.ts'
import type { Room } from './deps.ts'

/** After a move: beside the answer, where the host can keep working. The host's timer finds the rest. */
export function deliverSoon(room: Room): void {
  room.background?.(
    deliverDue(room).catch((error: unknown) =>
      room.log.error({ event: 'event.delivery_broke', error: error instanceof Error ? error.stack : error }),
    ),
  )
}
