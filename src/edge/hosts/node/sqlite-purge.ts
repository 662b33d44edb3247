// What is erased is overwritten in its place (`secure_delete`). Two kinds of copies are left: the pages of before in
// the -wal, and rows that SQLite once moved to another page, in the unused part of the page where they were.
import type { DatabaseSync } from 'node:sqlite'
import { awayOr, isBusy } from './sqlite-away.ts'

const dayMs = 24 * 60 * 60 * 1000
/** Rewriting so much takes a fifth of a second, in which nobody is answered. Of more an operator decides. */
const maxRewritten = 16 * 1024 * 1024

export function createPurge(database: DatabaseSync, now = Date.now): () => void {
  let rewrittenAt = 0

  function rewrite(): void {
    if (now() - rewrittenAt < dayMs || sizeOf(database) > maxRewritten) return
    database.exec('VACUUM')
    rewrittenAt = now()
  }

  return () => {
    // Whoever else is at the file goes first: the next time will do.
    database.exec('PRAGMA busy_timeout = 0')
    try {
      rewrite()
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch (error) {
      if (!isBusy(error)) throw awayOr(error)
    } finally {
      database.exec('PRAGMA busy_timeout = 5000')
    }
  }
}

function sizeOf(database: DatabaseSync): number {
  const sizes = database.prepare(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size',
  )
  return Number(sizes.get()?.bytes)
}
