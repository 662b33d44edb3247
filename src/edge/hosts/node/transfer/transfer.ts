// Copies one database into another, compares what arrived with what left, and only then lets it stand.
import { type Fingerprint, fingerprint } from './fingerprint.ts'
import { type Side, TransferRefused, Unanswered } from './side.ts'
import { sequences, type TableName, tableNames } from './tables.ts'

export interface TableComparison {
  table: TableName
  left: Fingerprint
  arrived: Fingerprint
}

interface Wish {
  /** Whether the source takes no write any more from the moment that it is left. */
  seal: boolean
  /** Told of each portion. */
  progress: (table: TableName, rows: number) => void
  /** Told before anything stands. */
  compared: (tables: TableComparison[]) => void
}

/** Throws `Refused` where nothing was moved. */
export async function transferDatabase(
  source: Side,
  target: Side,
  { seal, progress, compared }: Wish,
): Promise<void> {
  const tables: TableComparison[] = []
  for (const table of tableNames) tables.push(await copy(source, target, table, progress))
  compared(tables)
  const other = tables.filter(({ left, arrived }) => !isSame(left, arrived)).map(({ table }) => table)
  if (other.length > 0)
    throw new TransferRefused(`what arrived is not what left (${other.join(', ')}): nothing was moved`)
  if (!seal) return target.commit()
  // In this order: between the two nobody can write anywhere, which loses nothing.
  await source.seal(target.name)
  await source.commit()
  try {
    await target.commit()
  } catch (error) {
    // Two that both take payments are worse than none, so then it stays sealed.
    if (error instanceof Unanswered)
      throw new Unanswered(`${error.message}. ${source.name} stays sealed: ${whatThen}`)
    await source.unseal()
    throw error
  }
}

const whatThen =
  'if the new one has its rows, start Dari on it; if it has none, take the seal back with --unseal and try again'

const isSame = (one: Fingerprint, other: Fingerprint) => one.rows === other.rows && one.hash === other.hash

async function copy(
  source: Side,
  target: Side,
  table: TableName,
  progress: Wish['progress'],
): Promise<TableComparison> {
  const columns = await source.columns(table)
  const theirs = await target.columns(table)
  if (columns.toSorted().join() !== theirs.toSorted().join())
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
