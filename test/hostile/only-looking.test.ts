// Mail scanners and chat previews open links all day: a view must not change a byte.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createApp } from '../../src/edge/app.ts'
import { openSqlite } from '../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { openShop } from '../edge/support/shop.ts'
import { dumpOf } from '../support/dump.ts'
import { aPage } from '../support/page.ts'
import { chanceOf, seedOf } from '../support/random.ts'
import { addressesOf, fill } from '../support/routes.ts'
import { bots } from './bots.ts'

const folder = mkdtempSync(join(tmpdir(), 'dari-looking-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The database and its write-ahead log. `-shm` belongs to the readers. */
const bytesOf = (file: string) =>
  [file, `${file}-wal`].map((name) =>
    existsSync(name) ? createHash('sha256').update(readFileSync(name)).digest('hex') : 'none',
  )

test('a thousand GETs and HEADs by bots, of every page and view in every state, write nothing', {
  timeout: 60_000,
}, async () => {
  const { pick, below } = chanceOf(seedOf('looking'))
  const file = join(folder, 'dari.db')
  const shop = openShop({ database: openSqlite(file), env: { TRUST_PROXY: 'x-forwarded-for:1' } })
  const app = createApp({ ...shop.deps, page: aPage() })

  const order = (merchant_uid: string, more = {}) => shop.makeLink({ merchant_uid, ...more })
  const pay = (merchant_uid: string, more = {}) =>
    shop.iamport.pay({ imp_uid: `imp_${merchant_uid}`, merchant_uid, ...more })
  const ids = [
    await order('open'),
    await order('direct', { direct: { pg: 'html5_inicis', pay_method: 'card' } }),
    await order('expired', { expired_at: shop.clock.now / 1000 + 60 }),
    await order('disabled'),
    await order('paid'),
    await order('refunded'),
    await order('waiting'),
    'no-such-link',
    '0123456789abcdefgh',
  ]
  const [, , , disabled = '', paid = '', refunded = '', waiting = ''] = ids
  await shop.asMerchant('PUT', `/${disabled}`)
  pay('paid')
  await shop.settle(paid, 'imp_paid')
  pay('refunded', { status: 'cancelled', cancel_amount: 10_000 })
  await shop.settle(refunded, 'imp_refunded')
  pay('waiting', { status: 'ready', pay_method: 'vbank', vbank_num: '562', vbank_date: 1_900_003_000 })
  await shop.settle(waiting, 'imp_waiting')
  // Approved, but not reported to the edge: a view must not discover it either.
  pay('open')
  shop.clock.now += 120_000
  const views = await Promise.all(ids.slice(0, 7).map((id) => shop.view(id)))
  const statuses = ['open', 'open', 'expired', 'disabled', 'paid', 'refunded', 'awaiting_deposit']
  expect(views.map(({ status }) => status)).toEqual(statuses)

  const token = await shop.signIn()
  const pages = addressesOf(app).filter(({ method }) => method === 'GET')
  expect(pages.length).toBeGreaterThan(8)
  const queries = ['', '?lang=en', '?imp_uid=imp_open&imp_success=true', '?utm_source=mail&fbclid=1']
  const before = { dump: await dumpOf(shop.database), bytes: bytesOf(file) }
  const answers: Record<string, number> = {}
  for (let count = 0; count < 1_050; count++) {
    const page = pages[count % pages.length]
    const path = page ? fill(page, () => pick(ids)) : '/'
    const response = await app.request(path + pick(queries), {
      method: count % 3 === 0 ? 'HEAD' : 'GET',
      headers: {
        'user-agent': bots[count % bots.length] ?? '',
        'x-forwarded-for': `10.3.${below(256)}.${below(256)}`,
        ...(count % 5 === 0 ? { authorization: token } : {}),
        ...(count % 7 === 0 ? { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' } : {}),
      },
    })
    answers[response.status] = (answers[response.status] ?? 0) + 1
    expect(response.status, path).toBeLessThan(500)
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) await response.body?.cancel()
    else await response.arrayBuffer()
  }
  process.stdout.write(
    `looking: ${pages.length} addresses, ${bots.length} bots, answers ${JSON.stringify(answers)}\n`,
  )
  expect(answers[200]).toBeGreaterThan(300)
  expect(await dumpOf(shop.database)).toBe(before.dump)
  expect(bytesOf(file)).toEqual(before.bytes)
  // The rows are the same after a checkpoint and a close.
  shop.database.close()
  const again = openShop({ database: openSqlite(file) })
  expect(await dumpOf(again.database)).toBe(before.dump)
  again.database.close()
})
