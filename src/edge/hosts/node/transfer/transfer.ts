// Copies one database into another, compares both, and commits only if they are equal.
import { type Fingerprint, fingerprint } from './fingerprint.ts'
import { CommitUnknown, type Side, TransferRefused } from './side.ts'
import { sequences, type TableName, tableNames } from './tables.ts'

export interface TableComparison {
  table: TableName
  left: Fingerprint
  arrived: Fingerprint
}

interface TransferOptions {
  /** Makes the source read-only from the moment of the copy. */
  lock: boolean
  /** Called for each portion. */
  progress: (table: TableName, rows: number) => void
  /** Called before the commit. */
  compared: (tables: TableComparison[]) => void
}

/** Throws `TransferRefused` if nothing was transferred, `CommitUnknown` if that is not known. */
export async function transferDatabase(
  source: Side,
  target: Side,
  { lock, progress, compared }: TransferOptions,
): Promise<void> {
  const tables: TableComparison[] = []
  for (const table of tableNames) tables.push(await copy(source, target, table, progress))
  compared(tables)
  const different = tables.filter(({ left, arrived }) => !isSame(left, arrived)).map(({ table }) => table)
  if (different.length > 0)
    throw new TransferRefused(`what arrived is not what left (${different.join(', ')}): nothing was moved`)
  if (!lock) return target.commit()
  // Locks the source first: after a crash in between neither accepts writes, which loses nothing.
  await source.lock(target.name)
  await source.commit()
  try {
    await target.commit()
  } catch (error) {
    // Two databases that both take payments are worse than none, so the source stays locked.
    if (error instanceof CommitUnknown)
      throw new CommitUnknown(`${error.message}. ${source.name} stays sealed: ${advice}`)
    await source.unlock()
    throw error
  }
}

const advice =
  'if the new one has its rows, start Dari on it; if it has none, take the seal back with --unseal and try again'

const isSame = (one: Fingerprint, other: Fingerprint) => one.rows === other.rows && one.hash === other.hash

async function copy(
  source: Side,
  target: Side,
  table: TableName,
  progress: TransferOptions['progress'],
): Promise<TableComparison> {
  const columns = await source.columns(table)
  const targetColumns = await target.columns(table)
  if (columns.toSorted().join() !== targetColumns.toSorted().join())
    throw new TransferRefused(
      `${table} has other columns there: are both brought up to date by this version?`,
    )
  const left = fingerprint()
  for await (const rows of source.read(table, columns)) {
    left.add(rows)
    await target.write(table, columns, rows)
    progress(table, left.rows())
  }
  if (sequences.includes(table)) await target.numberAfter(table, await source.lastNumber(table))
  const arrived = fingerprint()
  for await (const rows of target.read(table, columns)) arrived.add(rows)
  return { table, left: left.end(), arrived: arrived.end() }
}
