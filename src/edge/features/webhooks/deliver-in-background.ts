import type { AppContext } from '../../context.ts'
import { logError } from '../../platform/observability/log-error.ts'
import { deliverEvents } from './deliver.ts'

/** Delivers after the response, if the host supports it; the scheduled job delivers the rest. */
export function deliverInBackground(context: AppContext): void {
  context.waitUntil?.(
    deliverEvents(context).catch((error: unknown) =>
      logError(context.log, { event: 'event.delivery_error' }, error),
    ),
  )
}
