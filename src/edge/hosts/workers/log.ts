import type { LogEntry, Logger } from '../../platform/observability/logger.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const

/** Writes one JSON entry per line, as Workers Logs reads it. @param minLevel `silent` disables all */
export function createLog(minLevel: string): Logger {
  const index = (levels as readonly string[]).indexOf(minLevel)
  const from = index < 0 ? levels.length : index
  const write = (level: (typeof levels)[number]) => (entry: LogEntry) => {
    if (levels.indexOf(level) >= from) console[level](JSON.stringify({ level, ...entry }))
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
