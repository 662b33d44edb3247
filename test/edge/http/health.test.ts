import { describe, expect, test } from 'vitest'
import { openShop } from '../support/shop.ts'

describe('the health check', () => {
  test('includes the database', async () => {
    const shop = openShop()
    expect(await shop.send('GET', '/healthz')).toMatchObject({ status: 200, json: { status: 'ok' } })
    shop.database.close()
    expect(await shop.send('GET', '/healthz')).toMatchObject({
      status: 503,
      json: { status: 'database_unreachable' },
    })
  })
})
