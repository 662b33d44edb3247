import type { Settings } from '../../../config/settings.ts'
import { databaseFiles, restrictPermissions } from '../files/private-files.ts'
import { fileOf, isPostgres } from './database-url.ts'
import type { NodeDatabase } from './node-database.ts'
import type { PostgresOptions as PostgresHearing } from './postgres/postgres.ts'
import { openSqlite } from './sqlite/sqlite.ts'

interface Hearing extends PostgresHearing {
  /** Other users could read these files until now. */
  restricted: (files: string[]) => void
}

/** Whichever DATABASE_URL names. Rejects with one line for what only a human can mend. */
export async function openDatabase(
  { databaseUrl, databasePool }: Pick<Settings, 'databaseUrl' | 'databasePool'>,
  hearing: Hearing,
): Promise<NodeDatabase> {
  try {
    if (isPostgres(databaseUrl)) {
      // Loaded only here: it would hold up every start.
      const { startPostgres } = await import('./postgres/postgres.ts')
      return await startPostgres({ url: databaseUrl, pool: databasePool, ...hearing })
    }
    const path = fileOf(databaseUrl)
    if (path) {
      const files = restrictPermissions(databaseFiles(path))
      if (files.length > 0) hearing.restricted(files)
      return { ...openFile(path), ready: Promise.resolve() }
    }
  } catch (error) {
    throw new Error(`DATABASE_URL: ${error instanceof Error ? error.message : String(error)}`)
  }
  throw new Error('DATABASE_URL must begin with file: (for example file:data/dari.db) or postgres://')
}

function openFile(path: string) {
  try {
    return openSqlite(path)
  } catch (error) {
    throw new Error(`${path} cannot be opened (${error instanceof Error ? error.message : String(error)})`)
  }
}
