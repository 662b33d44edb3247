import { DatabaseUnavailable } from '../../../../platform/ports/database.ts'

// https://sqlite.org/rescode.html: what time or an operator can mend.
const passing: Record<number, string> = {
  5: 'another process holds it',
  8: 'it cannot be written to',
  10: 'reading or writing its file failed',
  13: 'the disk is full',
  14: 'its file cannot be opened',
  15: 'another process holds it',
}

const busy = 5
/** The only triggers that refuse are those of a seal. */
const refusedByTrigger = 1811

/** @returns SQLite's primary result code; undefined for what is no error of SQLite's */
function codeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown }
  return error instanceof Error && typeof errcode === 'number' ? errcode & 0xff : undefined
}

const isSealed = (error: unknown) => (error as { errcode?: unknown }).errcode === refusedByTrigger

/** Somebody else writes at this moment. */
export const isBusy = (error: unknown): boolean => codeOf(error) === busy

/** What failed for a reason outside the program becomes `DatabaseAway`; a bug stays what it is. */
export function unavailableOr(error: unknown): unknown {
  const why = isSealed(error) ? 'it is sealed' : passing[codeOf(error) ?? 0]
  return why && error instanceof Error
    ? new DatabaseUnavailable(`${why} (${error.message})`, { cause: error })
    : error
}
