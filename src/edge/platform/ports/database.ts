import type { CompiledQuery } from 'kysely'

/**
 * What SQLite, PostgreSQL and D1 have in common. D1 has no interactive transactions, so code reads, decides, and then
 * writes one batch of conditional writes that take effect only if the rows are unchanged.
 */
export interface Database {
  all<Row>(query: CompiledQuery<Row>): Promise<Row[]>
  /**
   * Atomic, and durable once resolved. Batches that share a lock key run one after the other, each seeing what the
   * previous one wrote. Without lock keys, a batch of several queries reads one snapshot, as every batch does on a
   * single-writer database.
   * @returns number of rows that each query wrote
   */
  batch(queries: CompiledQuery[], lockKeys?: readonly string[]): Promise<number[]>
  /**
   * Changes after every write by any process, perhaps a few milliseconds late. Missing where reading the version
   * costs as much as reading a row.
   */
  version?(): number
  /** Removes remaining copies of erased data from the disk. Missing where the database server manages its files. */
  purge?(): void
}

/**
 * The database is unreachable or timed out. The batch was either written completely or not at all; writes are
 * conditional, so a retry is safe.
 */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
}
