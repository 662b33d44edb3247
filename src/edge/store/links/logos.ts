import { sql } from 'kysely'
import { decodeBase64, toBase64 } from '../../platform/encoding.ts'
import type { Database } from '../../platform/ports/database.ts'
import { queries } from '../sql/tables.ts'

export interface LogoImage {
  type: string
  width: number
  height: number
  bytes: Uint8Array
}

export interface NewLogo extends LogoImage {
  hash: string
  /** Where it was fetched. */
  url: string
  fetched_at: number
  until: number
}

export interface KnownLogo {
  hash: string
  width: number
  height: number
  fetched_at: number
}

/** The logo that was last fetched from the URL. */
export async function findLogo(database: Database, url: string): Promise<KnownLogo | undefined> {
  const query = queries
    .selectFrom('logo_addresses')
    .innerJoin('logos', 'logos.hash', 'logo_addresses.hash')
    .select(['logos.hash', 'logos.width', 'logos.height', 'logo_addresses.fetched_at'])
    .where('logo_addresses.url', '=', url)
  const [row] = await database.all<KnownLogo>(query.compile())
  return row
}

/** Stores an image once per hash, until the last link that shows it has ended. */
export async function insertLogo(database: Database, logo: NewLogo): Promise<void> {
  const { url, fetched_at, bytes, ...image } = logo
  const upsert = queries
    .insertInto('logos')
    .values({ ...image, bytes: toBase64(bytes) })
    .onConflict((conflict) =>
      conflict.column('hash').doUpdateSet({
        until: sql<number>`case when logos.until > excluded.until then logos.until else excluded.until end`,
      }),
    )
  const address = queries
    .insertInto('logo_addresses')
    .values({ url, hash: logo.hash, fetched_at })
    .onConflict((conflict) => conflict.column('url').doUpdateSet({ hash: logo.hash, fetched_at }))
  await database.batch([upsert.compile(), address.compile()], [`logo ${logo.hash}`])
}

export async function extendLogo(database: Database, hash: string, until: number): Promise<void> {
  const query = queries
    .updateTable('logos')
    .set({ until })
    .where('hash', '=', hash)
    .where('until', '<', until)
  await database.batch([query.compile()])
}

export async function readLogo(database: Database, hash: string): Promise<LogoImage | undefined> {
  const query = queries
    .selectFrom('logos')
    .select(['type', 'width', 'height', 'bytes'])
    .where('hash', '=', hash)
  const [row] = await database.all<Omit<LogoImage, 'bytes'> & { bytes: string }>(query.compile())
  return row && { ...row, bytes: decodeBase64(row.bytes) }
}

/** Deletes logos whose links all ended by `before`. @returns how many */
export async function deleteLogos(database: Database, before: number, limit: number): Promise<number> {
  const due = sql`select hash from logos where until <= ${before} order by until limit ${limit}`
  const addresses = sql`delete from logo_addresses where hash in (${due})`
  const logos = sql`delete from logos where hash in (${due})`
  const [, deleted = 0] = await database.batch([addresses.compile(queries), logos.compile(queries)])
  return deleted
}
