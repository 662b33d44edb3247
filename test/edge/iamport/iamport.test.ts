import { describe, expect, test } from 'vitest'
import { createIamport } from '../../../src/edge/iamport/client.ts'
import { createFakeIamport } from '../support/fake-iamport.ts'
import { start } from '../support/shop.ts'

const merchant = { user_code: 'imp1', imp_key: 'key', imp_secret: 'secret' }
const account = { merchant, tier: '' }

function open(more: { isolatesRequests?: boolean } = {}) {
  const fake = createFakeIamport()
  const clock = { now: start }
  const outside = { apiUrl: 'https://iamport.test', fetch: fake.fetch, now: () => clock.now }
  const iamport = createIamport({ ...outside, ...more })
  fake.pay({ imp_uid: 'imp_1', merchant_uid: 'order/1' })
  return { fake, clock, iamport, tokens: () => fake.callsTo('POST', '/users/getToken').length }
}

describe('the access token of i’mport', () => {
  test('is requested once for concurrent calls', async () => {
    const { iamport, tokens } = open()
    await Promise.all([1, 2, 3].map(() => iamport.getPayment(account, 'imp_1')))
    await iamport.getPayment(account, 'imp_1')
    expect(tokens()).toBe(1)
  })
  test('is requested by each concurrent call where requests are isolated', async () => {
    const { iamport, tokens } = open({ isolatesRequests: true })
    await Promise.all([1, 2, 3].map(() => iamport.getPayment(account, 'imp_1')))
    expect(tokens()).toBe(3)
    await iamport.getPayment(account, 'imp_1')
    expect(tokens()).toBe(3)
  })
  test('is renewed before it expires', async () => {
    const { iamport, tokens, clock } = open()
    await iamport.getPayment(account, 'imp_1')
    clock.now += (1800 - 29) * 1000
    await iamport.getPayment(account, 'imp_1')
    expect(tokens()).toBe(2)
  })
  test('is renewed once when i’mport rejects it', async () => {
    const { iamport, tokens, fake } = open()
    await iamport.getPayment(account, 'imp_1')
    fake.state.token++
    expect(await iamport.getPayment(account, 'imp_1')).toMatchObject({ ok: true })
    expect(tokens()).toBe(2)
  })
  test('is not requested in a loop if i’mport always rejects it', async () => {
    const { fake } = open()
    const iamport = createIamport({
      apiUrl: 'https://iamport.test',
      now: () => start,
      fetch: async (input, init) =>
        String(input).endsWith('/users/getToken')
          ? fake.fetch(input, init)
          : new Response(null, { status: 401 }),
    })
    expect(await iamport.getPayment(account, 'imp_1')).toMatchObject({ ok: false, reason: 'refused' })
    expect(fake.callsTo('POST', '/users/getToken')).toHaveLength(2)
  })
  test('is refused for wrong credentials', async () => {
    const { iamport } = open()
    const wrong = { merchant: { ...merchant, imp_secret: 'no' }, tier: '' }
    expect(await iamport.getPayment(wrong, 'imp_1')).toMatchObject({ ok: false, reason: 'refused' })
  })
})

describe('a request to i’mport', () => {
  test('names the sub-merchant, and includes test payments only for a sandbox merchant', async () => {
    const { iamport, fake } = open()
    await iamport.getPayment(account, 'imp_1')
    await iamport.getPayment({ merchant: { ...merchant, sandbox: true }, tier: 'A01' }, 'imp_1')
    const [plain, test] = fake.callsTo('GET', '/payments/imp_1')
    expect([plain?.path, plain?.headers.get('tier')]).toEqual(['/payments/imp_1', null])
    expect([test?.path, test?.headers.get('tier')]).toEqual(['/payments/imp_1?include_sandbox=true', 'A01'])
  })
  test('encodes a slash in an order number', async () => {
    const { iamport, fake } = open()
    expect(await iamport.findPayments(account, 'order/1')).toMatchObject({
      ok: true,
      value: [{ imp_uid: 'imp_1' }],
    })
    expect(fake.calls.at(-1)?.path).toContain('/payments/findAll/order%2F1')
    expect(await iamport.findPayments(account, 'nothing')).toEqual({ ok: true, value: [] })
  })
})

describe('an answer of i’mport:', () => {
  const answering = (response: () => Response | Promise<Response>) => {
    const { fake } = open()
    return createIamport({
      apiUrl: 'https://iamport.test',
      now: () => start,
      fetch: async (input, init) =>
        String(input).endsWith('/users/getToken') ? fake.fetch(input, init) : response(),
    }).getPayment(account, 'imp_1')
  }
  const envelope = (response: unknown, code = 0) => Response.json({ code, message: 'no', response })
  test.each<[string, () => Response | Promise<Response>, object]>([
    [
      'a code other than 0 with HTTP 200 is a refusal',
      () => envelope(null, 1),
      { ok: false, reason: 'refused', message: 'no' },
    ],
    ['404 is not found', () => new Response(null, { status: 404 }), { ok: false, reason: 'not_found' }],
    ['500 is unreachable', () => new Response(null, { status: 500 }), { ok: false, reason: 'unreachable' }],
    [
      '429 is unreachable',
      () => envelope(null).clone() && new Response(null, { status: 429 }),
      { ok: false, reason: 'unreachable' },
    ],
    ['HTML is unreachable', () => new Response('<html>'), { ok: false, reason: 'unreachable' }],
    [
      'an incomplete payment is unreachable',
      () => envelope({ imp_uid: 'imp_1', status: 'paid' }),
      { ok: false, reason: 'unreachable', unreadable: ['merchant_uid', 'amount'] },
    ],
    [
      'an empty body is unreachable',
      () => envelope(null),
      { ok: false, reason: 'unreachable', unreadable: ['all of it'] },
    ],
    [
      'a connection error is unreachable',
      () => Promise.reject(new TypeError('reset')),
      { ok: false, reason: 'unreachable' },
    ],
  ])('%s', async (_, response, wanted) => {
    expect(await answering(response)).toEqual(wanted)
  })
  test('null, absent and 0 mean no value', async () => {
    const sparse = {
      imp_uid: 'imp_1',
      merchant_uid: 'o',
      status: 'ready',
      amount: 1,
      cancel_amount: null,
      paid_at: 0,
      vbank_num: '',
      currency: null,
    }
    expect(await answering(() => envelope(sparse))).toMatchObject({
      ok: true,
      value: {
        cancel_amount: 0,
        paid_at: null,
        vbank_num: null,
        currency: 'KRW',
        sandbox: false,
        pg_provider: null,
      },
    })
  })
})

describe('a read without a valid answer', () => {
  function openFlaky(failures: number) {
    const fake = createFakeIamport()
    const clock = { pauses: 0 }
    fake.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    let left = failures
    const iamport = createIamport({
      apiUrl: 'https://iamport.test',
      now: () => start,
      retryDelay: async () => void clock.pauses++,
      fetch: async (input, init) => {
        if (String(input).includes('/users/') || left-- <= 0) return fake.fetch(input, init)
        throw new TypeError('cut')
      },
    })
    return { iamport, clock, fake }
  }
  test('is retried once after a delay', async () => {
    const { iamport, clock } = openFlaky(1)
    expect(await iamport.getPayment(account, 'imp_1')).toMatchObject({ ok: true })
    expect(clock.pauses).toBe(1)
  })
  test('is not retried twice', async () => {
    const { iamport } = openFlaky(2)
    expect(await iamport.getPayment(account, 'imp_1')).toEqual({ ok: false, reason: 'unreachable' })
    expect(await iamport.getPayment(account, 'imp_1')).toMatchObject({ ok: true })
  })
  test('is not retried if it moves money', async () => {
    const { iamport, clock } = openFlaky(1)
    const wish = { imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 10_000, checksum: 10_000, reason: '' }
    expect(await iamport.cancel(account, wish)).toEqual({ ok: false, reason: 'unreachable' })
    expect(clock.pauses).toBe(0)
  })
  test('is not retried after a refusal', async () => {
    const { iamport, clock } = openFlaky(0)
    expect(await iamport.getPayment(account, 'imp_9')).toEqual({ ok: false, reason: 'not_found' })
    expect(clock.pauses).toBe(0)
  })
})
