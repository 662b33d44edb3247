import type { Settings } from '../../../config/settings.ts'
import { databaseFiles, restrictPermissions } from '../files/private-files.ts'
import { fileOf, isPostgres } from './database-url.ts'
import type { NodeDatabase } from './node-database.ts'
import type { PostgresOptions } from './postgres/postgres.ts'
import { openSqlite } from './sqlite/sqlite.ts'

interface DatabaseOptions extends PostgresOptions {
  /** Called with files that other users could read until now. */
  restricted: (files: string[]) => void
}

/** Opens the database that DATABASE_URL names. Rejects with one line if the operator has to act. */
export async function openDatabase(
  { databaseUrl, databasePool }: Pick<Settings, 'databaseUrl' | 'databasePool'>,
  options: DatabaseOptions,
): Promise<NodeDatabase> {
  try {
    if (isPostgres(databaseUrl)) {
      // Loaded on demand: it would slow down every start.
      const { startPostgres } = await import('./postgres/postgres.ts')
      return await startPostgres({ url: databaseUrl, pool: databasePool, ...options })
    }
    const path = fileOf(databaseUrl)
    if (path) {
      const files = restrictPermissions(databaseFiles(path))
      if (files.length > 0) options.restricted(files)
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
