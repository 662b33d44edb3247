import { describe, expect, test } from 'vitest'
import { anOrder, openShop, start } from '../support/shop.ts'

const path = '/api/supplements/v1/link/payment'

describe('an access token', () => {
  test('is issued for the right key and secret as JSON', async () => {
    const { json, status } = await openShop().send('POST', '/users/getToken', {
      imp_key: 'key',
      imp_secret: 'secret',
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      code: 0,
      message: null,
      response: { now: start / 1000, expired_at: start / 1000 + 1800 },
    })
  })
  test('is issued for the right key and secret as a form', async () => {
    const { json } = await openShop().send('POST', '/users/getToken', 'imp_key=key&imp_secret=secret', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(json.code).toBe(0)
  })
  test.each([
    ['a wrong secret', { imp_key: 'key', imp_secret: 'no' }, 401],
    ["another merchant's secret", { imp_key: 'key', imp_secret: 'other' }, 401],
    ['no secret', { imp_key: 'key' }, 400],
  ])('is not issued for %s', async (_, body, wanted) => {
    const { status, json } = await openShop().send('POST', '/users/getToken', body)
    expect(status).toBe(wanted)
    expect(json).toMatchObject({ code: -1, response: null })
  })
})

describe('creating a link', () => {
  test.each([
    ['authorization', (token: string) => token],
    ['authorization', (token: string) => `Bearer ${token}`],
    ['x-imptokenheader', (token: string) => token],
  ])('reads the token from the %s header', async (header, write) => {
    const shop = openShop()
    const { status } = await shop.send('POST', path, anOrder(), { [header]: write(await shop.signIn()) })
    expect(status).toBe(200)
  })
  test('reads the token from the URL if no header has one', async () => {
    const shop = openShop()
    const token = await shop.signIn()
    const { status, json } = await shop.send('POST', `${path}?_token=${token}`, anOrder())
    expect(status).toBe(200)
    const id = json.shortenedUrl.split('/').at(-1)
    expect((await shop.send('GET', `${path}/${id}?_token=${token}`)).status).toBe(200)
    expect((await shop.send('GET', `${path}?_token=${token}&limit=1`)).json.items).toHaveLength(1)
    expect((await shop.send('PUT', `${path}/${id}?_token=${token}`)).status).toBe(200)
    for (const bad of ['bad', '']) {
      expect((await shop.send('GET', `${path}/${id}?_token=${bad}`)).status).toBe(401)
      const headers = { authorization: 'bad' }
      expect((await shop.send('GET', `${path}/${id}?_token=${token}`, undefined, headers)).status).toBe(401)
    }
  })
  test('is refused without a token', async () => {
    const { status, json } = await openShop().send('POST', path, anOrder())
    expect(status).toBe(401)
    expect(json).toMatchObject({ code: -1, response: null })
  })
  test('is refused with an expired or forged token', async () => {
    const shop = openShop()
    const token = await shop.signIn()
    expect(
      (await shop.send('POST', path, anOrder(), { authorization: `${token.slice(0, -2)}AA` })).status,
    ).toBe(401)
    shop.clock.now += 31 * 60_000
    expect((await shop.send('POST', path, anOrder(), { authorization: token })).status).toBe(401)
  })
  test('is refused for another merchant’s user_code', async () => {
    const { status, json } = await openShop().asMerchant('POST', '', anOrder({ user_code: 'imp22222222' }))
    expect(status).toBe(403)
    expect(json.errors[0].path).toBe('user_code')
  })
  test('needs no token with LINK_AUTH=open, but refuses an invalid one', async () => {
    const shop = openShop({ env: { LINK_AUTH: 'open', LINK_AUTH_OPEN_TO_ALL: 'true' } })
    const { status, json } = await shop.send('POST', path, anOrder())
    expect(status).toBe(200)
    const id = json.shortenedUrl.split('/').at(-1)
    expect((await shop.send('POST', path, anOrder(), { authorization: 'bad' })).status).toBe(401)
    expect((await shop.send('POST', `${path}?_token=bad`, anOrder())).status).toBe(401)
    expect((await shop.send('GET', `${path}/${id}`)).status).toBe(401)
    expect((await shop.send('GET', path)).status).toBe(401)
    expect((await shop.send('PUT', `${path}/${id}`)).status).toBe(200)
  })
  test('accepts only the merchant’s own tiers for a sub-merchant', async () => {
    const shop = openShop()
    const authorization = await shop.signIn('other', 'other')
    const order = anOrder({ user_code: 'imp22222222' })
    const { json } = await shop.send('POST', path, order, { authorization, tier: 'A01' })
    const view = await shop.view(json.shortenedUrl.split('/').at(-1))
    expect(view.sdk).toMatchObject({ user_code: 'imp22222222', tier: 'A01' })
    for (const tier of ['B02', '1', 'A-1']) {
      const refused = await shop.send('POST', path, order, { authorization, tier })
      expect(refused.status).toBe(400)
      expect(refused.json.errors[0].path).toBe('Tier')
    }
  })
})

describe('an order', () => {
  test('is answered with the link’s URL only', async () => {
    const { status, json } = await openShop().asMerchant('POST', '', anOrder())
    expect(status).toBe(200)
    expect(Object.keys(json)).toEqual(['shortenedUrl'])
    expect(json.shortenedUrl).toMatch(/^https:\/\/pay\.example\/[0-9a-hjkmnp-tv-z]{18}$/)
  })
  test('may be sent in upstream’s envelope or as a flat body', async () => {
    const shop = openShop()
    const { expired_at, ...rest } = anOrder()
    const wrapped = await shop.asMerchant('POST', '', { payment_info: JSON.stringify(rest), expired_at })
    const flat = await shop.asMerchant('POST', '', anOrder())
    const object = await shop.asMerchant('POST', '', { payment_info: anOrder() })
    expect([wrapped.status, flat.json, object.json]).toEqual([200, wrapped.json, wrapped.json])
  })
  test('may give the expiry in any supported format', async () => {
    const shop = openShop()
    const first = await shop.makeLink()
    for (const same of [
      { expired_at: String(start / 1000 + 3600) },
      { expired_at: undefined, expire_at: start / 1000 + 3600 },
      { expired_at: new Date(start + 3_600_000).toISOString() },
      {
        expired_at: '',
        expire_at: new Date(start + 3_600_000 + 9 * 3_600_000).toISOString().replace('Z', '+09:00'),
      },
    ])
      expect(await shop.makeLink(same)).toBe(first)
  })
  test('may use empty strings for absent fields, also for a required telephone number', async () => {
    const shop = openShop()
    const empty = {
      tax_free: '',
      language: '',
      buyer_name: '',
      buyer_email: '',
      custom_data: '',
      display_language: '',
    }
    expect(await shop.makeLink(empty)).toBe(await shop.makeLink({ buyer_tel: undefined }))
  })
  test('with direct has one method, labelled automatically', async () => {
    const shop = openShop()
    const view = await shop.view(
      await shop.makeLink({ pay_methods: undefined, direct: { pg: 'kakaopay.TC0ONETIME' } }),
    )
    expect(view.direct).toBe(true)
    expect(view.methods).toEqual([
      { key: 'm1', label: { ko: '카카오페이', en: 'Kakao Pay' }, pay_method: 'card', provider: 'kakaopay' },
    ])
  })
  test('exposes no private data to the page', async () => {
    const shop = openShop()
    const secret = {
      buyer_name: '홍길동',
      buyer_tel: '010-1234',
      buyer_email: 'a@b.kr',
      custom_data: { note: 'hush' },
    }
    const { text } = await shop.send('GET', `/links/${await shop.makeLink(secret)}`)
    for (const word of ['홍길동', '010-1234', 'a@b.kr', 'hush', 'shop.example', 'INIpay', 'html5_inicis.'])
      expect(text).not.toContain(word)
  })
  test('may have unknown fields, which are ignored', async () => {
    expect(await openShop().makeLink({ colour: 'red' })).toHaveLength(18)
  })
})
