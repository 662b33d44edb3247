import { DatabaseUnavailable } from '../ports/database.ts'
import type { LogEntry, Logger } from './logger.ts'

/** What broke beside the answers, whole. That the database is away is told once, by whoever notices it. */
export function logError({ error }: Pick<Logger, 'error'>, entry: LogEntry, broke: unknown): void {
  if (broke instanceof DatabaseUnavailable) return
  error({ ...entry, error: broke instanceof Error ? broke.stack : broke })
}
