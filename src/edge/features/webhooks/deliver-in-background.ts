import type { Room } from '../../context.ts'
import { logBreak } from '../../platform/observability/log-error.ts'
import { deliverDue } from './deliver.ts'

/** After a move: beside the answer, where the host can keep working. The host's timer finds the rest. */
export function deliverSoon(room: Room): void {
  room.background?.(
    deliverDue(room).catch((error: unknown) => logBreak(room.log, { event: 'event.delivery_broke' }, error)),
  )
}
