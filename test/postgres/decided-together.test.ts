// Decisions across rows that no constraint covers: processes decide one after the other.
import type { Pool } from 'pg'
import { afterEach, expect, test } from 'vitest'
import { createPool } from '../../src/edge/hosts/node/database/postgres/connections.ts'
import { openPostgres } from '../../src/edge/hosts/node/database/postgres/open.ts'
import { createStore } from '../../src/edge/store/store.ts'
import { openShop } from '../edge/support/shop.ts'
import { makeTestDatabase } from '../support/test-postgres.ts'

const pools: Pool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.end()))
})

test('of four concurrent orders for one customer_uid, only one gets the open link', async () => {
  const url = await makeTestDatabase()
  const databases = Array.from({ length: 4 }, () => {
    const pool = createPool(url, 2)
    pools.push(pool)
    return { ...openPostgres(pool), close: () => {} }
  })
  const [first] = databases
  const order = { customer_uid: 'kim-0', amount: 0, pay_methods: [{ pg: 'html5_inicis', label: '카드' }] }
  const id = await openShop({ ...(first && { database: first }) }).makeLink(order)
  const stores = databases.map(createStore)
  // Connected beforehand, or the first process would finish before the second begins.
  const [link] = await Promise.all(stores.map((store) => store.findLink(id)))
  if (!link?.registration) throw new Error('no link')
  for (let round = 1; round <= 10; round++) {
    const registration = { ...link.registration, customer_uid: `kim-${round}` }
    const made = stores.map((store, at) => {
      const name = `${round}-${at}`
      const own = { id: name.padStart(18, '0'), merchant_uid: name, move_id: name, registration }
      return store.insertLink({ ...link, ...own }, undefined, [])
    })
    expect((await Promise.all(made)).filter(Boolean)).toHaveLength(1)
  }
})
