import type { CompiledQuery } from 'kysely'

/**
 * The database as every target offers it. D1 has no interactive transaction, so none is asked for:
 * a decision is read first, and one batch writes it only if what was read still stands.
 */
export interface Database {
  all<Row>(query: CompiledQuery<Row>): Promise<Row[]>
  /**
   * All of it or nothing, durable once answered. Of batches that share a name in `about` (see about.ts) each sees
   * all that the one before wrote, in each of its queries; one of several queries and no name sees one moment of
   * the database, and so do all where the database has a single writer.
   * @returns how many rows each query wrote
   */
  batch(queries: CompiledQuery[], about?: readonly string[]): Promise<number[]>
  /**
   * A number that differs from an earlier one if anything was written in between, by whomever; may lag behind
   * other processes by a few milliseconds. Missing where asking costs as much as reading.
   */
  version?(): number
  /** Removes remaining copies of erased data from the disk. Missing where the database server manages its files. */
  purge?(): void
}

/**
 * The database cannot be reached, or gave no answer in time. What was to be written is either whole or not there:
 * whoever asks again finds out, because every write is conditional.
 */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseAway'
}
