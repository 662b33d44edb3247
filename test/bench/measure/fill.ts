// Inserts many links directly; through the merchant API a million would take hours.
import type { DatabaseSync } from 'node:sqlite'
import { makeLinkId } from '../../../src/contract/links/link-id.ts'
import type { Link, StoredStatus } from '../../../src/edge/domain/links/link.ts'
import { rowOf } from '../../../src/edge/store/links/rows.ts'
import { sixMethods } from '../../support/merchant.ts'

const random = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes)
const hourMs = 3_600_000

/** A typical mix: most links are paid, some refunded, disabled or expired. */
function statusOf(at: number): StoredStatus {
  const share = at % 100
  return share < 70 ? 'paid' : share < 75 ? 'refunded' : share < 85 ? 'disabled' : 'open'
}

const sampleSize = 150

/** @returns IDs of some open links, evenly spread; adds `count` links to the file */
export function fill(database: DatabaseSync, from: number, count: number, now: number): string[] {
  const sample: string[] = []
  const inserts = prepareInserts(database)
  database.exec('BEGIN')
  // Payments reference their link, so the link is inserted first.
  database.exec('PRAGMA defer_foreign_keys = ON')
  for (let at = from; at < from + count; at++) {
    const link = linkAt(at, now)
    // Recorded by the expiry job.
    const row = { ...rowOf(link), sweep_at: null }
    inserts.link(row as unknown as Record<string, string | number | null>)
    inserts.history(link)
    if (link.payment) inserts.payment(link)
    if (link.status === 'open' && at % 5 === 0) inserts.inquiry(link, now)
    const isPayable = link.status === 'open' && link.expires_at > now
    if (isPayable && at - from >= (sample.length * count) / sampleSize) sample.push(link.id)
    if (at % 50_000 === 0) process.stderr.write(`\r${at.toLocaleString('en')} links `)
  }
  database.exec('COMMIT')
  process.stderr.write('\r')
  return sample
}

function linkAt(at: number, now: number): Link {
  const status = statusOf(at)
  const created_at = now - (at % 7_000_000) * 1_000 - 2 * hourMs
  const id = makeLinkId(random)
  return {
    id,
    user_code: 'imp00000000',
    tier: '',
    merchant_uid: `filled_${at}`,
    content_hash: `${id}${id}${id}${id}`.slice(0, 64),
    status,
    move_id: `${id}${id}`.slice(0, 32),
    title: '3월 커피 주문',
    name: '드립백 커피 10개입',
    amount: 10_000,
    currency: 'KRW',
    tax_free: null,
    language: null,
    display_language: null,
    buyer: { name: '홍길동', tel: '010-1234-5678', addr: null, email: null, postcode: null },
    custom_data: null,
    notice_url: 'https://shop.example/notice',
    methods: sixMethods.map((method, index) => ({ key: `m${index + 1}`, ...method })),
    direct: false,
    created_at,
    // A third of the open links have expired.
    expires_at: at % 3 === 0 ? created_at + hourMs : now + 24 * hourMs,
    ended_at: status === 'refunded' || status === 'disabled' ? created_at + 1_000 : null,
    payment:
      status === 'paid' || status === 'refunded'
        ? {
            imp_uid: `imp_${at}`,
            pay_method: 'card',
            method_key: 'm1',
            gateway: 'listed',
            late: false,
            paid_at: created_at + 1_000,
            returned: 0,
            receipt_url: 'https://iniweb.inicis.com/receipt/0123456789',
            deposit: null,
          }
        : null,
  }
}

function prepareInserts(database: DatabaseSync) {
  const columns = Object.keys(rowOf(linkAt(0, Date.now())))
  const link = database.prepare(
    `INSERT INTO links (${columns.join()}) VALUES (${columns.map((name) => `:${name}`).join()})`,
  )
  const history =
    database.prepare(`INSERT INTO history (id, link_id, at, from_status, to_status, imp_uid, why)
    VALUES (?, ?, ?, NULL, 'open', NULL, 'created')`)
  const payment = database.prepare(`INSERT INTO payments (imp_uid, link_id, status, kept, amount, currency,
    returned, pay_method, method_key, gateway, late, paid_at, receipt_url, seen_at)
    VALUES (?, ?, ?, 1, ?, 'KRW', 0, 'card', 'm1', 'listed', 0, ?, ?, ?)`)
  const inquiry = database.prepare(
    'INSERT INTO inquiries (link_id, since, until, ask_at, asks) VALUES (?, ?, ?, ?, 2)',
  )
  return {
    /** An inquiry at i'mport that is due later. */
    inquiry: ({ id }: Link, now: number) => inquiry.run(id, now, now + 24 * hourMs, now + 12 * hourMs),
    link: (row: Record<string, string | number | null>) => link.run(row),
    history: ({ id, move_id, created_at }: Link) => history.run(move_id, id, created_at),
    payment({ id, status, amount, payment: held }: Link) {
      if (!held) return
      const seen = held.paid_at
      const stands = status === 'refunded' ? 'cancelled' : 'paid'
      payment.run(held.imp_uid, id, stands, amount, seen, held.receipt_url, seen)
    },
  }
}
