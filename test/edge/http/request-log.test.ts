import { describe, expect, test } from 'vitest'
import { createMetricsRegistry } from '../../../src/edge/hosts/node/server/metrics.ts'
import { startMetricsServer } from '../../../src/edge/hosts/node/server/metrics-server.ts'
import { DatabaseUnavailable } from '../../../src/edge/platform/ports/database.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import { createFakeIamport } from '../support/fake-iamport.ts'
import { anOrder, openShop, start } from '../support/shop.ts'

/** Unique marks that must never appear in a log. */
const marks = {
  buyer_name: 'MARKED홍길동',
  buyer_tel: '010-7777-MARKED',
  buyer_email: 'MARKED@example.com',
  buyer_addr: 'MARKED-street 1',
  buyer_postcode: 'MARKED',
}

describe('the request log', () => {
  test('names every request, its link and its outcome, without personal data', async () => {
    const shop = openShop({ env: { IMP_USER_CODE: '' } })
    const token = await shop.signIn()
    const id = await shop.makeLink({
      ...marks,
      custom_data: { note: 'MARKED-custom' },
      notice_url: 'https://shop.example/?key=MARKED',
    })
    const paid = shop.iamport.pay({
      imp_uid: 'imp_1',
      merchant_uid: 'order-1',
      buyer_name: 'MARKED',
      vbank_holder: 'MARKED',
    })
    const secret = { authorization: token, cookie: 'session=MARKED', 'x-marked': 'MARKED' }
    const path = '/api/supplements/v1/link/payment'
    const calls: [string, string, unknown?][] = [
      ['POST', '/users/getToken', { imp_key: 'MARKED', imp_secret: 'MARKED' }],
      ['POST', path, anOrder({ ...marks, merchant_uid: 'order-2' })],
      ['POST', path, anOrder({ ...marks, amount: 'MARKED', title: '' })],
      ['POST', path, 'MARKED'],
      ['GET', `${path}?merchant_uid=MARKED`],
      ['GET', `${path}/${id}`],
      ['PUT', `${path}/MARKED`],
      ['GET', `/${id}?imp_uid=MARKED&error_msg=MARKED`],
      ['GET', `/${id}/return?imp_uid=MARKED`],
      ['GET', '/MARKED'],
      ['GET', `/links/${id}`],
      ['GET', `/links/${id}/live`],
      ['POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' }],
      ['POST', `/links/${id}/checkout`, { method: 'MARKED', language: 'MARKED' }],
      ['POST', `/links/${id}/notice`, { imp_uid: 'imp_MARKED', merchant_uid: 'MARKED', status: 'paid' }],
      ['POST', `/links/${id}/confirm`, { imp_uid: 'imp_MARKED', merchant_uid: 'MARKED', amount: 1 }],
      ['POST', `/links/${id}/settle`, { imp_uid: paid.imp_uid }],
      ['POST', '/csp-reports', { 'csp-report': { 'blocked-uri': 'https://x.example/MARKED' } }],
      ['GET', '/MARKED/MARKED/MARKED'],
    ]
    for (const [method, to, body] of calls) await shop.send(method, to, body, secret)
    shop.iamport.state.mode = 'broken'
    await shop.send('POST', `/links/${id}/settle`, {}, secret)
    shop.database.close()
    for (const [method, to, body] of calls) await shop.send(method, to, body, secret)

    const written = JSON.stringify(shop.log)
    expect(written).not.toContain('MARKED')
    expect(written).not.toContain(token)
    for (const held of [shop.deps.settings.tokenSecret, 'imp_secret', 'shop.example'])
      expect(written).not.toContain(held)
    const requests = shop.log.filter(({ event }) => event === 'request')
    expect(requests.length).toBeGreaterThanOrEqual(2 * calls.length)
    expect(requests).toContainEqual(
      expect.objectContaining({
        method: 'POST',
        route: '/links/:id/checkout',
        link: id,
        status: 200,
        request: expect.any(String),
      }),
    )
    expect(requests).toContainEqual(expect.objectContaining({ method: 'GET', route: '/:id', status: 404 }))
    expect(requests).toContainEqual(expect.objectContaining({ route: 'none', status: 404 }))
  })
  test('holds no access token that was sent in a URL, whatever the response is', async () => {
    const shop = openShop()
    const token = await shop.signIn()
    const api = '/api/supplements/v1/link'
    const calls: [string, string, unknown?][] = [
      ['POST', `${api}/payment`, anOrder()],
      ['POST', `${api}/payment`, anOrder({ amount: -1 })],
      ['GET', `${api}/payment`],
      ['GET', `${api}/payment/x`],
      ['PUT', `${api}/payment/x`],
      ['GET', `${api}/events`],
      ['DELETE', '/subscribe/customers/x'],
      ['GET', '/nowhere/at/all'],
    ]
    const statuses = async () => {
      const sent = calls.map(([method, to, body]) => shop.send(method, `${to}?_token=${token}`, body))
      return (await Promise.all(sent)).map(({ status }) => status)
    }
    expect(await statuses()).toEqual([200, 400, 200, 404, 404, 200, 404, 404])
    shop.database.close()
    expect(await statuses()).toContain(500)
    expect(shop.log.filter(({ event }) => event === 'request')).toHaveLength(2 * calls.length + 1)
    expect(JSON.stringify(shop.log)).not.toContain(token)
  })
  test('says that i’mport refused, without i’mport’s message', async () => {
    const iamport = createFakeIamport()
    const refusing: typeof fetch = (input, init) =>
      String(input).includes('/users/getToken')
        ? iamport.fetch(input, init)
        : Promise.resolve(Response.json({ code: 1, message: 'MARKED홍길동 010-7777-1234', response: null }))
    const shop = openShop({ iamport, parts: { fetch: refusing } })
    const id = await shop.makeLink()
    expect((await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })).status).toBe(
      502,
    )
    await shop.settle(id, 'imp_1')
    await shop.settle(id)
    const expected = { link: id, reason: 'refused' }
    expect(shop.log).toContainEqual({ event: 'checkout.not_prepared', ...expected })
    for (const call of ['getPayment', 'findPayments'])
      expect(shop.log).toContainEqual({ event: 'iamport.unavailable', call, ...expected })
    expect(JSON.stringify(shop.log)).not.toMatch(/MARKED|7777/)
  })
  test('logs page views only at debug level', async () => {
    const levels: string[] = []
    const log = Object.fromEntries(
      (['debug', 'info', 'warn', 'error'] as const).map((level) => [level, () => levels.push(level)]),
    ) as never
    const shop = openShop({ parts: { log } })
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await shop.send(method, '/healthz')
    expect(levels).toEqual(['debug', 'debug', 'debug'])
  })
})

describe('the metrics', () => {
  function openMeasuredShop() {
    const wiring: { store?: ReturnType<typeof createStore> } = {}
    const metrics = createMetricsRegistry({
      readBacklog: async (now) => {
        if (!wiring.store) throw new Error('not wired')
        return wiring.store.readBacklog(now)
      },
      streams: () => 3,
      now: () => shop.clock.now,
    })
    const shop = openShop({ parts: { metrics: metrics.metrics } })
    wiring.store = createStore(shop.database)
    return { ...shop, metrics }
  }

  test('count settles by endpoint and outcome, upstream calls, and requests by route', async () => {
    const shop = openMeasuredShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    await shop.send('POST', `/links/${id}/notice`, { imp_uid: 'imp_1' })
    shop.iamport.state.mode = 'down'
    await shop.settle(id, 'imp_1')
    const text = await shop.metrics.text()
    for (const line of [
      'dari_settles_total{door="page",outcome="paid"} 1',
      'dari_settles_total{door="notice",outcome="paid"} 1',
      'dari_settles_total{door="page",outcome="upstream_unavailable"} 1',
      'dari_upstream_seconds_count{call="getPayment",result="ok"} 2',
      'dari_upstream_seconds_count{call="getPayment",result="unreachable"} 1',
      'dari_http_seconds_count{method="POST",route="/links/:id/settle",status="200"} 1',
      'dari_http_seconds_count{method="POST",route="/links/:id/settle",status="503"} 1',
      'dari_streams 3',
      'dari_database_up 1',
    ])
      expect(text).toContain(`${line}\n`)
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).not.toContain(id)
  })
  test('show the backlog of the edge', async () => {
    const shop = openMeasuredShop()
    const id = await shop.makeLink()
    expect(await shop.metrics.text()).toContain('dari_checkout_oldest_seconds 0\n')
    await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
    shop.clock.now = start + 90_000
    expect(await shop.metrics.text()).toContain('dari_checkout_oldest_seconds 90\n')
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    shop.clock.now += 30_000
    const text = await shop.metrics.text()
    expect(text).toContain('dari_checkout_oldest_seconds 0\n')
    expect(text).toContain('dari_events_waiting 1\n')
    expect(text).toContain('dari_event_oldest_seconds 30\n')
  })
  test('show that the database is unavailable, and keep counting', async () => {
    const metrics = createMetricsRegistry({
      readBacklog: async () => {
        throw new DatabaseUnavailable('gone')
      },
      streams: () => 0,
      now: () => start,
    })
    metrics.metrics.limited('live')
    const text = await metrics.text()
    expect(text).toContain('dari_database_up 0\n')
    expect(text).toContain('dari_events_waiting Nan\n')
    expect(text).toContain('dari_limited_total{limit="live"} 1\n')
  })
  test('require the metrics token', async () => {
    const { metrics } = openMeasuredShop()
    const door = startMetricsServer(metrics, 'a token of some length')
    const read = async (authorization?: string) =>
      (await door.request('/metrics', authorization ? { headers: { authorization } } : {})).status
    expect(await read('Bearer a token of some length')).toBe(200)
    for (const wrong of [undefined, 'Bearer another', 'a token of some length', 'Bearer '])
      expect(await read(wrong)).toBe(401)
    expect((await startMetricsServer(metrics, null).request('/metrics')).status).toBe(200)
  })
})
