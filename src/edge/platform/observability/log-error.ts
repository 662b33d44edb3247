import { DatabaseUnavailable } from '../ports/database.ts'
import type { LogEntry, Logger } from './logger.ts'

/** Logs a failure outside a request, with its stack. Skips `DatabaseUnavailable`: `logOutages` logs outages. */
export function logError(log: Pick<Logger, 'error'>, entry: LogEntry, error: unknown): void {
  if (error instanceof DatabaseUnavailable) return
  log.error({ ...entry, error: error instanceof Error ? error.stack : error })
}
