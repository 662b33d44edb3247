import { DatabaseAway } from '../ports/database.ts'
import type { Log, LogEntry } from './logger.ts'

/** What broke beside the answers, whole. That the database is away is told once, by whoever notices it. */
export function logBreak({ error }: Pick<Log, 'error'>, entry: LogEntry, broke: unknown): void {
  if (broke instanceof DatabaseAway) return
  error({ ...entry, error: broke instanceof Error ? broke.stack : broke })
}
