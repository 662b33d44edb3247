import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'

// Result codes (https://sqlite.org/rescode.html) of problems that pass or that the operator can fix.
const temporary: Record<number, string> = {
  5: 'another process holds it',
  8: 'it cannot be written to',
  10: 'reading or writing its file failed',
  13: 'the disk is full',
  14: 'its file cannot be opened',
  15: 'another process holds it',
}

const busy = 5
/** Raised by a trigger; only the read-only lock has triggers that raise. */
const raisedByTrigger = 1811

/** @returns SQLite's primary result code; undefined for other errors */
function codeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown }
  return error instanceof Error && typeof errcode === 'number' ? errcode & 0xff : undefined
}

const isReadOnly = (error: unknown) => (error as { errcode?: unknown }).errcode === raisedByTrigger

/** Another process holds the write lock. */
export const isBusy = (error: unknown): boolean => codeOf(error) === busy

/** Converts errors with a cause outside the program to `DatabaseUnavailable`; returns others, such as bugs, as they are. */
export function unavailableOr(error: unknown): unknown {
  const why = isReadOnly(error) ? 'it is sealed' : temporary[codeOf(error) ?? 0]
  return why && error instanceof Error
    ? new DatabaseUnavailable(`${why} (${error.message})`, { cause: error })
    : error
}
