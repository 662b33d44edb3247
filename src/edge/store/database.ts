import type { CompiledQuery } from 'kysely'

/**
 * The database as every target offers it. D1 has no interactive transaction, so none is asked for:
 * a decision is read first, and one batch writes it only if what was read still stands.
 */
export interface Database {
  all<Row>(query: CompiledQuery<Row>): Promise<Row[]>
  /**
   * All of it or nothing, isolated from other batches, durable once answered.
   * @returns how many rows each query wrote
   */
  batch(queries: CompiledQuery[]): Promise<number[]>
  /**
   * A number that differs from an earlier one if anything was written in between, by whomever; may lag behind
   * other processes by a few milliseconds. Missing where asking costs as much as reading.
   */
  version?(): number
}

/**
 * The database cannot be reached, or gave no answer in time. What was to be written is either whole or not there:
 * whoever asks again finds out, because every write is conditional.
 */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway'
}
