// Concurrent requests through workerd: D1 writes one batch after the other, so nothing is kept or refunded
// twice.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { type Books, brokenChains, readBooks } from '../support/books.ts'
import { customerAt } from '../support/customer.ts'
import { gatewayAt } from '../support/gateway.ts'
import { merchantAt } from '../support/merchant.ts'
import { chanceOf, seedOf } from '../support/random.ts'
import { startWorker, type Worker } from '../support/worker.ts'

vi.setConfig({ testTimeout: 90_000 })

let worker: Worker | undefined
afterEach(async () => {
  await worker?.stop('SIGKILL')
})

/** Each customer has an own address, given in the test proxy's header. */
async function open() {
  const started = await startWorker({ env: { TRUST_PROXY: 'x-forwarded-for:1' } })
  worker = started
  const gateway = gatewayAt(`${started.url}/sandbox`)
  // Without confirmations, only settling prevents a second payment from being kept.
  await gateway.control({ notice: 'never', confirm: 'off' })
  return {
    worker: started,
    gateway,
    merchant: merchantAt(started.url),
    customer: () => customerAt(started.url),
  }
}

/** Once all writes are done. */
async function booksOf(stopped: Worker): Promise<Books> {
  await stopped.stop()
  const folder = join(stopped.database, 'd1', 'miniflare-D1DatabaseObject')
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
  return readBooks(join(folder, file ?? ''))
}

test('80 concurrent settles over 8 links with two payments each: 8 are kept and 8 are refunded', async () => {
  const { worker, gateway, merchant, customer } = await open()
  const { next } = chanceOf(seedOf('races on D1'))
  const links = await Promise.all(Array.from({ length: 8 }, () => merchant.create()))
  const wishes = await Promise.all(
    links.map(async (link) => {
      const { body } = await customer().checkout(link.id)
      // Two windows were open before either payment was approved.
      const keys = [await gateway.open(body.params), await gateway.open(body.params)]
      const paid = await Promise.all(keys.map((key) => gateway.press(key, 'approve')))
      const doors = [...paid.map(({ imp_uid }) => imp_uid), undefined]
      return Array.from({ length: 10 }, (_, at) => ({ link, imp_uid: doors[at % doors.length] }))
    }),
  )
  const settles = wishes.flat().sort(() => next() - 0.5)
  const answers = await Promise.all(settles.map(({ link, imp_uid }) => customer().settle(link.id, imp_uid)))
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  expect(new Set(answers.map(({ body }) => body.status))).toEqual(new Set(['paid']))

  const truth = (await Promise.all(links.map(({ merchant_uid }) => gateway.payments(merchant_uid)))).flat()
  expect(truth.map(({ status }) => status).sort()).toEqual([
    ...Array(8).fill('cancelled'),
    ...Array(8).fill('paid'),
  ])
  for (const { status, amount, cancel_amount } of truth)
    expect(cancel_amount).toBe(status === 'paid' ? 0 : amount)

  const books = await booksOf(worker)
  expect(brokenChains(books)).toEqual([])
  expect(books.moves.filter(({ to_status }) => to_status === 'paid')).toHaveLength(8)
  expect(books.payments.filter(({ kept }) => kept === 1)).toHaveLength(8)
  const rejected = books.payments.filter(({ status }) => status === 'rejected')
  expect(rejected.map(({ returned, amount }) => amount - returned)).toEqual(Array(8).fill(0))
})

test('an order with two links that are paid at once is paid once', async () => {
  const { worker, gateway, merchant, customer } = await open()
  const order = { merchant_uid: `order_twice_${Date.now()}` }
  const older = await merchant.create(order)
  const early = await gateway.open((await customer().checkout(older.id)).body.params)
  const newer = await merchant.create({ ...order, buyer_name: '김다리' })
  const late = await gateway.open((await customer().checkout(newer.id)).body.params)
  const paid = await Promise.all([early, late].map((key) => gateway.press(key, 'approve')))
  const doors = [older, newer].flatMap((link) => paid.map(({ imp_uid }) => ({ link, imp_uid })))
  const answers = await Promise.all(doors.map(({ link, imp_uid }) => customer().settle(link.id, imp_uid)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])

  const truth = await gateway.payments(order.merchant_uid)
  expect(truth.map(({ status }) => status).sort()).toEqual(['cancelled', 'paid'])
  const books = await booksOf(worker)
  expect(brokenChains(books)).toEqual([])
  expect(books.links.filter(({ status }) => status === 'paid')).toHaveLength(1)
})
