import type { Logger } from '../platform/observability/logger.ts'
import type { Settings } from './settings.ts'

/** Warns at start-up about settings that the sandbox ignores. */
export function logUnused({ sandbox, unusedSettings, merchants }: Settings, log: Pick<Logger, 'warn'>): void {
  if (!sandbox) return
  if (unusedSettings.length > 0)
    log.warn({
      event: 'sandbox.unused_settings',
      settings: unusedSettings,
      help: 'a sandbox does not use them',
    })
  if (merchants.some(({ events_url, events_secret }) => events_url && !events_secret))
    log.warn({
      event: 'sandbox.events_unsigned',
      help: 'EVENTS_SECRET signs no events of a sandbox: set SANDBOX_EVENTS_SECRET to have them signed',
    })
}
