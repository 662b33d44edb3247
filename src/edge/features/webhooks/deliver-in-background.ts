import type { AppContext } from '../../context.ts'
import { logError } from '../../platform/observability/log-error.ts'
import { deliverEvents } from './deliver.ts'

/** After a move: beside the answer, where the host can keep working. The host's timer finds the rest. */
export function deliverInBackground(context: AppContext): void {
  context.waitUntil?.(
    deliverEvents(context).catch((error: unknown) =>
      logError(context.log, { event: 'event.delivery_broke' }, error),
    ),
  )
}
