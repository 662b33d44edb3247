import type { TableName } from './tables.ts'

/** Values in the order of the columns, numbers in decimal: every database says them the same. */
export type Row = (string | null)[]

/** One end of a move: a database, held against everybody else's writes until it is closed. */
export interface Side {
  /** As it may be spoken of: without a password. */
  name: string
  columns(table: TableName): Promise<string[]>
  /** All rows in the order of their keys, some at a time. */
  read(table: TableName, columns: string[]): AsyncIterable<Row[]>
  write(table: TableName, columns: string[], rows: Row[]): Promise<void>
  /** The highest number that a row of the table has had. */
  lastNumber(table: TableName): Promise<bigint>
  /** The next row is numbered above this. */
  numberAfter(table: TableName, last: bigint): Promise<void>
  /** From `commit` on nobody writes here, whoever has it open; whoever opens it is told where it went. */
  seal(movedTo: string): Promise<void>
  /** Takes a seal back that was committed. */
  unseal(): Promise<void>
  /** Throws `Unanswered` where it may be done all the same. */
  commit(): Promise<void>
  /** Undoes what is not committed. */
  close(): Promise<void>
}

/** What an operator has to mend, in one line. */
export class TransferRefused extends Error {
  override name = 'Refused'
}

/** Whether it was committed is not known. */
export class Unanswered extends TransferRefused {
  override name = 'Unanswered'
}

/** How much is held in memory at once. */
export const maxRows = 500
export const maxCharacters = 4_000_000
