/** One log line. Never holds personal data, tokens or secrets. */
export type LogEntry = { event: string } & Record<string, unknown>

export interface Logger {
  debug(entry: LogEntry): void
  info(entry: LogEntry): void
  warn(entry: LogEntry): void
  error(entry: LogEntry): void
}
