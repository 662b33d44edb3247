// A connection breaks during COMMIT, so that its outcome is unknown: the request answers 503, and repeating
// it is safe.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CompiledQuery, sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { createPool } from '../../src/edge/hosts/node/database/postgres/connections.ts'
import { openPostgres } from '../../src/edge/hosts/node/database/postgres/open.ts'
import { openSqlite } from '../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { writePostgres } from '../../src/edge/hosts/node/transfer/postgres-side.ts'
import { readSqlite } from '../../src/edge/hosts/node/transfer/sqlite-side.ts'
import { transferDatabase } from '../../src/edge/hosts/node/transfer/transfer.ts'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { openEventsShop } from '../edge/support/events-shop.ts'
import { anOrder } from '../edge/support/shop.ts'
import { makeTestDatabase } from '../support/test-postgres.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A proxy before the server. The next COMMIT arrives or is lost, and its response is dropped. */
async function startFragileProxy(url: string) {
  const { searchParams } = new URL(url)
  const path = `${searchParams.get('host')}/.s.PGSQL.${searchParams.get('port')}`
  let next: 'passes' | 'arrives' | 'is lost' = 'passes'
  const sockets = new Set<Socket>()
  const proxy = createServer((near) => {
    const far = connect(path)
    for (const socket of [near, far]) sockets.add(socket.on('error', () => {}))
    let isCut = false
    near.on('data', (data) => {
      const at = data.indexOf('COMMIT')
      if (next === 'passes' || at < 0) return void far.write(data)
      isCut = true
      // Up to the header of the message: its type and its length.
      far.write(next === 'arrives' ? data : data.subarray(0, at - 5))
      next = 'passes'
      // The server finishes the transaction before it notices the closed connection.
      far.end()
      near.destroy()
    })
    far.on('data', (data) => isCut || near.write(data))
    far.on('close', () => near.destroy())
    near.on('close', () => far.end())
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  ends.push(async () => {
    for (const socket of sockets) socket.destroy()
    proxy.close()
    await once(proxy, 'close')
  })
  const { port } = proxy.address() as { port: number }
  const through = new URL(url)
  through.search = ''
  through.host = `127.0.0.1:${port}`
  return {
    url: through.href,
    cut(what: 'arrives' | 'is lost') {
      next = what
    },
  }
}

async function openShopBehindProxy() {
  const url = await makeTestDatabase()
  const way = await startFragileProxy(url)
  const pool = createPool(way.url, 3)
  ends.push(() => pool.end())
  const database = { ...openPostgres(pool), close: () => {} }
  const shop = openEventsShop({ database })
  const rows = (text: string) => database.all(sql.raw(text).compile(queries) as CompiledQuery<{ n: number }>)
  return { shop, way, count: async (what: string) => (await rows(`select count(*) as n from ${what}`))[0]?.n }
}

test.each(['arrives', 'is lost'] as const)(
  'creating a link whose COMMIT %s can be retried and leaves one link',
  async (fate) => {
    const { shop, way, count } = await openShopBehindProxy()
    const authorization = await shop.signIn()
    const post = () => shop.send('POST', '/api/supplements/v1/link/payment', anOrder(), { authorization })
    way.cut(fate)
    expect((await post()).status).toBe(503)
    // The server may still be working on it.
    await expect.poll(() => count('links'), { timeout: 10_000 }).toBe(fate === 'arrives' ? 1 : 0)
    const [again, more] = [await post(), await post()]
    expect(again.status).toBe(200)
    expect(more.json.shortenedUrl).toBe(again.json.shortenedUrl)
    expect([await count('links'), await count('history')]).toEqual([1, 1])
  },
)

test.each(['arrives', 'is lost'] as const)(
  'settling a payment whose COMMIT %s can be retried, and the payment is kept and reported once',
  async (fate) => {
    const { shop, way, count } = await openShopBehindProxy()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    way.cut(fate)
    expect((await shop.settle(id, 'imp_1')).status).toBe(503)
    const answer = await shop.settle(id, 'imp_1')
    expect(answer.json).toMatchObject({ status: 'paid', attempt: { outcome: 'paid' } })
    expect(await count('payments where kept = 1')).toBe(1)
    way.cut(fate)
    // The claim of an event got no response: its lease must expire first.
    await expect(shop.deliver()).rejects.toThrow()
    shop.clock.now += 21_000
    await shop.deliver()
    expect(shop.types()).toEqual(['link.paid'])
    expect(shop.notices()).toHaveLength(1)
  },
)

test.each(['arrives', 'is lost'] as const)(
  'a transfer whose COMMIT %s leaves the old database locked, so that never two accept payments',
  async (fate) => {
    const folder = mkdtempSync(join(tmpdir(), 'dari-unknown-'))
    ends.push(async () => rmSync(folder, { recursive: true }))
    const file = join(folder, 'dari.db')
    const old = openSqlite(file)
    await openEventsShop({ database: old }).makeLink()
    old.close()
    const url = await makeTestDatabase()
    const way = await startFragileProxy(url)
    const [source, target] = [readSqlite(file), await writePostgres(way.url)]
    const options = { lock: true, progress: () => {}, compared: () => way.cut(fate) }
    await expect(transferDatabase(source, target, options)).rejects.toThrow(
      /gave no answer.*stays sealed.*--unseal/,
    )
    for (const side of [source, target]) await side.close().catch(() => {})
    expect(() => openSqlite(file)).toThrow(/sealed/)
    const pool = createPool(url, 1)
    ends.push(() => pool.end())
    const links = async () => (await pool.query('select count(*) as n from links')).rows[0].n
    await expect.poll(links, { timeout: 10_000 }).toBe(fate === 'arrives' ? 1 : 0)
  },
)
