import type { Database } from '../../../platform/ports/database.ts'

export interface NodeDatabase extends Database {
  /** Resolves once it can be asked. */
  ready: Promise<void>
  close(): void | Promise<void>
}
