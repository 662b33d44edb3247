import type { Database } from '../../../platform/ports/database.ts'

export interface NodeDatabase extends Database {
  /** Resolves once queries are possible. */
  ready: Promise<void>
  close(): void | Promise<void>
}
