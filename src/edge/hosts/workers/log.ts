import type { LogEntry, Logger } from '../../platform/observability/logger.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const

/** Workers Logs reads JSON, one entry in each line. @param least `silent`: nothing at all */
export function createLog(least: string): Logger {
  const known = (levels as readonly string[]).indexOf(least)
  const from = known < 0 ? levels.length : known
  const write = (level: (typeof levels)[number]) => (entry: LogEntry) => {
    if (levels.indexOf(level) >= from) console[level](JSON.stringify({ level, ...entry }))
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
