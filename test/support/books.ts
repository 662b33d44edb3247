// Reads the database of a running edge from outside, without the product's queries.
import { DatabaseSync } from 'node:sqlite'
import { Client, types } from 'pg'

export interface Books {
  moves: { link_id: string; from_status: string | null; to_status: string; imp_uid: string | null }[]
  links: { id: string; status: string; imp_uid: string | null }[]
  payments: {
    imp_uid: string
    link_id: string
    status: string
    kept: number
    amount: number
    returned: number
  }[]
}

interface Reader {
  rows: <Row>(sql: string) => Promise<Row[]>
  end: () => unknown
}

async function readerOf(url: string): Promise<Reader> {
  if (url.startsWith('postgres')) {
    const getTypeParser = (oid: number) => (oid === types.builtins.INT8 ? Number : String)
    const client = new Client({ connectionString: url, types: { getTypeParser } as never })
    await client.connect()
    return { rows: async (sql) => (await client.query(sql)).rows, end: () => client.end() }
  }
  const database = new DatabaseSync(url.replace(/^file:/, ''), { readOnly: true, timeout: 5_000 })
  return { rows: async (sql) => database.prepare(sql).all() as never, end: () => database.close() }
}

/** @param url DATABASE_URL of the edge */
export async function readBooks(url: string): Promise<Books> {
  const { rows, end } = await readerOf(url)
  try {
    return {
      moves: await rows(
        // Ignores recorded expiry, which does not change the status.
        `select link_id, from_status, to_status, imp_uid from history
          where from_status is distinct from to_status and to_status <> 'expired' order by seq`,
      ),
      links: await rows('select id, status, imp_uid from links'),
      payments: await rows('select imp_uid, link_id, status, kept, amount, returned from payments'),
    }
  } finally {
    await end()
  }
}

/** Lost or repeated transitions of a link. */
export function brokenChains({ moves, links }: Books): string[] {
  return links.flatMap(({ id, status }) => {
    const own = moves.filter(({ link_id }) => link_id === id)
    const ends = [null, ...own.map(({ to_status }) => to_status)]
    const isNext = (from: string | null, at: number) =>
      from === ends[at] || (from === 'expired' && /^(open|awaiting_deposit)$/.test(ends[at] ?? ''))
    const isWhole = own.every(({ from_status }, at) => isNext(from_status, at)) && ends.at(-1) === status
    const steps = own.map(({ from_status, to_status }) => `${from_status} to ${to_status}`).join(', ')
    return isWhole ? [] : [`${id} is ${status} after ${steps}`]
  })
}

const leasesOver = 'update events set due_at = 1, claimed_until = null where due_at is not null'

/** Makes the events of a dead process's delivery attempts due now. For a stopped edge. */
export async function endLeases(url: string): Promise<void> {
  if (url.startsWith('postgres')) {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query(leasesOver)
    await client.end()
    return
  }
  const database = new DatabaseSync(url.replace(/^file:/, ''))
  database.exec(leasesOver)
  database.close()
}

/** All rows about payments and customers as text: equal if nothing was written in between. */
export function dumpFile(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  const tables = ['links', 'payments', 'history', 'checkouts', 'events']
  const rows = tables.map((table) => database.prepare(`select * from ${table} order by rowid`).all())
  database.close()
  return JSON.stringify(rows)
}
