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
