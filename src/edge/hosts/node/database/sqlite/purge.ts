// Removes erased data from the disk. `secure_delete` overwrites it in place but leaves two kinds of copies: old pages in
// the -wal, and rows that SQLite moved, in the unused space of their former page.
import type { DatabaseSync } from 'node:sqlite'
import { isBusy, unavailableOr } from './unavailable.ts'

const dayMs = 24 * 60 * 60 * 1000
/** VACUUM takes 0.2 s for this size and blocks all requests. Larger files are left to the operator. */
const maxVacuumBytes = 16 * 1024 * 1024

export function createPurge(database: DatabaseSync, now = Date.now): () => void {
  let vacuumedAt = 0

  function vacuum(): void {
    if (now() - vacuumedAt < dayMs || sizeOf(database) > maxVacuumBytes) return
    database.exec('VACUUM')
    vacuumedAt = now()
  }

  return () => {
    // If another process uses the file, the next call retries.
    database.exec('PRAGMA busy_timeout = 0')
    try {
      vacuum()
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch (error) {
      if (!isBusy(error)) throw unavailableOr(error)
    } finally {
      database.exec('PRAGMA busy_timeout = 5000')
    }
  }
}

function sizeOf(database: DatabaseSync): number {
  const query = 'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size'
  return Number(database.prepare(query).get()?.bytes)
}
