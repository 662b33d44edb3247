// The database of a running edge, looked at from outside: read only, and not through the product's queries.
import { DatabaseSync } from 'node:sqlite'

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

export function readBooks(file: string): Books {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  const rows = <Row>(sql: string) => database.prepare(sql).all() as Row[]
  try {
    return {
      moves: rows(
        // Time ends a link without moving it, even where that is written down.
        `select link_id, from_status, to_status, imp_uid from history
          where from_status is not to_status and to_status <> 'expired' order by seq`,
      ),
      links: rows('select id, status, imp_uid from links'),
      payments: rows('select imp_uid, link_id, status, kept, amount, returned from payments'),
    }
  } finally {
    database.close()
  }
}

/** What is wrong with the moves of a link: a step that was lost, or taken twice. */
export function brokenChains({ moves, links }: Books): string[] {
  return links.flatMap(({ id, status }) => {
    const own = moves.filter(({ link_id }) => link_id === id)
    const ends = [null, ...own.map(({ to_status }) => to_status)]
    const isNext = (from: string | null, at: number) =>
      from === ends[at] || (from === 'expired' && /^(open|awaiting_deposit)$/.test(ends[at] ?? ''))
    const isWhole = own.every(({ from_status }, at) => isNext(from_status, at)) && ends.at(-1) === status
    const told = own.map(({ from_status, to_status }) => `${from_status} to ${to_status}`).join(', ')
    return isWhole ? [] : [`${id} is ${status} after ${told}`]
  })
}

/** Moves the clock on for attempts that died with their process: their events are due now. For a stopped edge. */
export function endLeases(file: string): void {
  const database = new DatabaseSync(file)
  const columns = database.prepare('select name from pragma_table_info(?)').all('events')
  const isClaimed = columns.some(({ name }) => name === 'claimed_until')
  database.exec(
    `update events set due_at = 1${isClaimed ? ', claimed_until = null' : ''} where due_at is not null`,
  )
  database.close()
}

/** Every row that tells of money or of a customer, as text: equal when nothing was written between. */
export function dumpFile(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  const tables = ['links', 'payments', 'history', 'checkouts', 'events']
  const rows = tables.map((table) => database.prepare(`select * from ${table} order by rowid`).all())
  database.close()
  return JSON.stringify(rows)
}
