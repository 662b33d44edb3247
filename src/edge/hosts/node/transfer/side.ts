import type { TableName } from './tables.ts'

/** Values as text in the order of the columns, numbers in decimal, so that all databases return the same. */
export type Row = (string | null)[]

/** Source or target of a transfer. Blocks writes by others until it is closed. */
export interface Side {
  /** For messages, without the password. */
  name: string
  columns(table: TableName): Promise<string[]>
  /** All rows in the order of their keys, in portions. */
  read(table: TableName, columns: string[]): AsyncIterable<Row[]>
  write(table: TableName, columns: string[], rows: Row[]): Promise<void>
  /** The highest `seq` ever assigned in the table. */
  lastNumber(table: TableName): Promise<bigint>
  /** The next row gets a `seq` above this. */
  numberAfter(table: TableName, last: bigint): Promise<void>
  /** Makes the database read-only from `commit` on, for open connections too, and names the new database. */
  lock(movedTo: string): Promise<void>
  /** Removes a committed lock. */
  unlock(): Promise<void>
  /** Throws `CommitUnknown` if the result is not known. */
  commit(): Promise<void>
  /** Rolls back what is not committed. */
  close(): Promise<void>
}

/** A problem that the operator has to fix, in one line. */
export class TransferRefused extends Error {
  override name = 'TransferRefused'
}

/** The commit got no answer: it may or may not have happened. */
export class CommitUnknown extends TransferRefused {
  override name = 'CommitUnknown'
}

/** Bounds of a portion in memory. */
export const maxRows = 500
export const maxCharacters = 4_000_000
