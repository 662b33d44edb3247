// The cost of a payment on D1 by its own count: the figures of the README.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { deliverEvents } from '../../src/edge/features/webhooks/deliver.ts'
import { anOrder, openShop, start } from '../edge/support/shop.ts'
import { openTestD1 } from '../support/d1.ts'

test('a payment costs the number of D1 rows that the README says', async () => {
  const cost = { calls: 0, statements: 0, written: 0 }
  let read = 0
  const d1 = openTestD1(undefined, ({ rows_read = 0, rows_written = 0 }) => {
    cost.statements += 1
    read += rows_read
    cost.written += rows_written
  })
  const database: typeof d1 = {
    ...d1,
    all(query) {
      cost.calls += 1
      return d1.all(query)
    },
    batch(queries) {
      cost.calls += 1
      return d1.batch(queries)
    },
  }
  const shop = openShop({ database })
  const costs: Record<string, typeof cost> = {}
  const step = async <Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> => {
    const before = { ...cost }
    const answer = await work()
    costs[name] = {
      calls: cost.calls - before.calls,
      statements: cost.statements - before.statements,
      written: cost.written - before.written,
    }
    return answer
  }
  shop.iamport.receivers.set('https://shop.example/notice', () => new Response())
  // The first payment meets empty tables, so the second is measured.
  for (const [merchant_uid, imp_uid] of [
    ['order-1', 'imp_1'],
    ['order-2', 'imp_2'],
  ] as const) {
    Object.assign(cost, { calls: 0, statements: 0, written: 0 })
    read = 0
    const posted = await step('the order is posted', () =>
      shop.asMerchant('POST', '', anOrder({ merchant_uid })),
    )
    const id = String(posted.json.shortenedUrl).split('/').at(-1) ?? ''
    await step('the page opens', () => shop.send('GET', `/${id}`))
    await step('it asks once', () => shop.view(id))
    const visitor = 'a-tab'
    await step('the window is allowed', () =>
      shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko', visitor }),
    )
    await step('the window opens', () => shop.send('POST', `/links/${id}/opened`, { visitor }))
    shop.iamport.pay({ imp_uid, merchant_uid, paid_at: start / 1000 })
    await step('the notice comes', () =>
      shop.send('POST', `/links/${id}/notice`, { imp_uid, merchant_uid, status: 'paid' }),
    )
    await step('the customer is back', () => shop.settle(id, imp_uid))
    await step('the merchant is told', () => deliverEvents(shop.deps))
  }
  // Which rows of the index are read depends on the random ids.
  expect(Math.abs(read - 75)).toBeLessThan(15)
  expect({ ...costs, 'all of it': cost }).toEqual(readmeFigures())
})

/** The table of `src/edge/hosts/workers/README.md`. */
function readmeFigures(): Record<string, object> {
  const readme = readFileSync(resolve(import.meta.dirname, '../../src/edge/hosts/workers/README.md'), 'utf8')
  const rows = readme.matchAll(/^\| (\w[^|]*?) +\| +(\d+) \| +(\d+) \| +(\d+) \|/gm)
  return Object.fromEntries(
    [...rows].map(([, name = '', ...numbers]) => {
      const [calls, statements, written] = numbers.map(Number)
      return [name, { calls, statements, written }]
    }),
  )
}
