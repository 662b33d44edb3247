/** One line of the log: no personal data, no token, no secret. */
export type LogEntry = { event: string } & Record<string, unknown>

/** Where the edge writes what an operator needs to know. */
export interface Logger {
  debug(entry: LogEntry): void
  info(entry: LogEntry): void
  warn(entry: LogEntry): void
  error(entry: LogEntry): void
}
