import { describe, expect, test } from 'vitest'
import { requestPayParams, vbankDue } from '../../../src/edge/features/links/request-pay.ts'
import { aLink } from '../support/builders.ts'
import { openShop, start } from '../support/shop.ts'

const request = { method: 'm1', language: 'en' }

describe('checkout', () => {
  test('answers with all payment parameters of the link', async () => {
    const shop = openShop()
    const id = await shop.makeLink({
      buyer_name: '홍길동',
      buyer_tel: '010',
      buyer_email: 'a@b.kr',
      buyer_addr: '서울',
      buyer_postcode: '04524',
      tax_free: 3000,
      custom_data: 'json_object',
    })
    const { status, json } = await shop.send('POST', `/links/${id}/checkout`, request)
    expect(status).toBe(200)
    expect(json).toEqual({
      params: {
        pg: 'html5_inicis',
        pay_method: 'card',
        merchant_uid: 'order-1',
        name: '사과 5kg',
        amount: 10_000,
        currency: 'KRW',
        tax_free: 3000,
        language: 'en',
        buyer_name: '홍길동',
        buyer_tel: '010',
        buyer_email: 'a@b.kr',
        buyer_addr: '서울',
        buyer_postcode: '04524',
        custom_data: 'json_object',
        m_redirect_url: `https://pay.example/${id}/return`,
        notice_url: `https://pay.example/links/${id}/notice`,
        confirm_url: `https://pay.example/links/${id}/confirm`,
      },
      holds_until: new Date(start + 600_000).toISOString(),
      now: new Date(start).toISOString(),
    })
    expect(shop.iamport.prepared.get('order-1')).toEqual({
      merchant_uid: 'order-1',
      amount: 10_000,
      currency: 'KRW',
    })
  })
  test('grants no permission past the link’s own expiry', async () => {
    const shop = openShop()
    const id = await shop.makeLink({ expired_at: start / 1000 + 60 })
    const { json } = await shop.send('POST', `/links/${id}/checkout`, request)
    expect(json.holds_until).toBe(new Date(start + 60_000).toISOString())
  })
  test('can be repeated, also for a changed amount', async () => {
    const shop = openShop()
    for (const amount of [10_000, 10_000, 12_000]) {
      const id = await shop.makeLink({ amount })
      expect((await shop.send('POST', `/links/${id}/checkout`, request)).status).toBe(200)
      expect(shop.iamport.prepared.get('order-1')).toMatchObject({ amount })
    }
    expect(shop.iamport.callsTo('PUT', '/payments/prepare')).toHaveLength(1)
  })
  test('uses the address by which a visitor reached the sandbox', async () => {
    const shop = openShop({ env: { SANDBOX: 'true', MERCHANTS_FILE: '', PUBLIC_URL: '' } })
    const authorization = await shop.signIn('sandbox', 'sandbox')
    const order = { ...(await import('../support/shop.ts')).anOrder(), user_code: 'imp00000000' }
    const created = await shop.send('POST', '/api/supplements/v1/link/payment', order, { authorization })
    const id = created.json.shortenedUrl.split('/').at(-1)
    const { json } = await shop.send('GET', `http://192.168.0.7:3000/${id}`)
    expect(json.url).toBe(`http://192.168.0.7:3000/${id}`)
  })
})

describe('checkout is refused', () => {
  test('if the link is not open, and the answer shows the link’s status', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    await shop.asMerchant('PUT', `/${id}`)
    const { status, json } = await shop.send('POST', `/links/${id}/checkout`, request)
    expect(status).toBe(409)
    expect(json).toMatchObject({ reason: 'not_open', view: { status: 'disabled' } })
    expect(shop.iamport.calls).toEqual([])
  })
  test.each([
    ['a method that the link lacks', { ...request, method: 'm9' }, 400, 'bad_request'],
    ['no method', { language: 'ko' }, 400, 'bad_request'],
    ['a language that the page lacks', { ...request, language: 'fr' }, 400, 'bad_request'],
  ])('for %s', async (_, body, status, reason) => {
    const shop = openShop()
    const answer = await shop.send('POST', `/links/${await shop.makeLink()}/checkout`, body)
    expect(answer).toMatchObject({ status, json: { reason } })
  })
  test('if the link is disabled while i’mport is being called', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.state.whilePreparing = () => shop.asMerchant('PUT', `/${id}`)
    const answer = await shop.send('POST', `/links/${id}/checkout`, request)
    expect(answer).toMatchObject({ status: 409, json: { reason: 'not_open', view: { status: 'disabled' } } })
  })
  test('while i’mport is unavailable', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.state.mode = 'down'
    expect(await shop.send('POST', `/links/${id}/checkout`, request)).toMatchObject({
      status: 503,
      json: { reason: 'upstream_unavailable' },
    })
  })
  test('if i’mport rejects the credentials', async () => {
    const shop = openShop({ env: { LINK_AUTH: 'open', LINK_AUTH_OPEN_TO_ALL: 'true' } })
    const order = { ...(await import('../support/shop.ts')).anOrder(), user_code: 'imp33333333' }
    const { json } = await shop.send('POST', '/api/supplements/v1/link/payment', order)
    const id = json.shortenedUrl.split('/').at(-1)
    expect(await shop.send('POST', `/links/${id}/checkout`, request)).toMatchObject({
      status: 502,
      json: { reason: 'upstream_refused' },
    })
  })
})

test('a checkout of a link that is replaced meanwhile leaves the new price registered with i’mport', async () => {
  const shop = openShop()
  const id = await shop.makeLink()
  const replace = async () => {
    shop.iamport.state.whilePreparing = undefined
    const newer = await shop.makeLink({ amount: 20_000 })
    const request = { method: 'm1', language: 'ko' }
    return shop.send('POST', `/links/${newer}/checkout`, request)
  }
  shop.iamport.state.whilePreparing = replace
  expect((await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })).status).toBe(
    409,
  )
  expect(shop.iamport.prepared.get('order-1')).toMatchObject({ amount: 20_000 })
})

test('each checkout adds its own mark to the merchant’s custom_data', async () => {
  const shop = openShop()
  const id = await shop.makeLink({ custom_data: { cart: 7 } })
  const marks = new Set<string>()
  for (let time = 0; time < 3; time++) {
    const { json } = await shop.send('POST', `/links/${id}/checkout`, { method: 'm1', language: 'ko' })
    expect(json.params.custom_data).toEqual({
      cart: 7,
      dari_checkout: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    marks.add(json.params.custom_data.dari_checkout)
  }
  expect(marks.size).toBe(3)
})

describe('requestPayParams', () => {
  const addresses = {
    returnUrl: 'https://p/x/return',
    noticeUrl: 'https://p/links/x/notice',
    confirmUrl: undefined,
  }
  const paramsFor = (link: Parameters<typeof aLink>[0], pay_method = 'card') => {
    const method = { key: 'm1', label: 'x', pay_method, channelKey: 'channel-key-1' }
    return requestPayParams(aLink(link), method, 'ko', addresses, 'f'.repeat(32), start)
  }
  test('prefers the merchant’s window language to the customer’s', () => {
    expect(paramsFor({ language: 'zh' }).language).toBe('zh')
    expect(paramsFor({}).language).toBe('ko')
  })
  test('always sends a telephone number and sends confirm_url only if the merchant uses it', () => {
    expect(paramsFor({})).toMatchObject({ buyer_tel: '', channelKey: 'channel-key-1' })
    expect(paramsFor({})).not.toHaveProperty('confirm_url')
    expect(paramsFor({})).not.toHaveProperty('pg')
  })
  test('fills in a buyer name if the gateway requires one', () => {
    const method = { key: 'm1', label: 'x', pay_method: 'card' }
    const nameFor = (provider: string, language: 'ko' | 'en', name: string | null = null) =>
      requestPayParams(
        aLink({ buyer: { name, tel: null, addr: null, email: null, postcode: null } }),
        { ...method, pg: provider, provider },
        language,
        addresses,
        'f'.repeat(32),
        start,
      ).buyer_name
    expect(nameFor('tosspayments', 'ko')).toBe('구매자')
    expect(nameFor('tosspayments', 'en')).toBe('Customer')
    expect(nameFor('tosspayments', 'ko', '홍길동')).toBe('홍길동')
    expect(nameFor('html5_inicis', 'ko')).toBeUndefined()
  })
  test('gives amounts in major units', () => {
    expect(paramsFor({ amount: 1420, currency: 'USD' }).amount).toBe(14.2)
  })
  test('sets digital for phone payments and vbank_due for virtual accounts', () => {
    expect(paramsFor({}, 'phone')).toHaveProperty('digital', false)
    expect(paramsFor({}, 'card')).not.toHaveProperty('vbank_due')
    expect(paramsFor({ expires_at: Date.UTC(2030, 2, 20, 16) }, 'vbank').vbank_due).toBe('20300321')
  })
  test('makes a virtual account due on a date in Korea, at most 30 days ahead', () => {
    expect(vbankDue(Date.UTC(2030, 0, 31, 14, 59), Date.UTC(2030, 0, 31))).toBe('20300131')
    expect(vbankDue(Date.UTC(2030, 0, 31, 15, 0), Date.UTC(2030, 0, 31))).toBe('20300201')
    expect(vbankDue(Date.UTC(2031, 0, 1), Date.UTC(2030, 0, 1))).toBe('20300131')
  })
})

describe('the confirmation before an approval', () => {
  const asked = { imp_uid: 'imp_1', merchant_uid: 'order-1', amount: 10_000 }
  test('succeeds for the right order, as JSON or form', async () => {
    const shop = openShop()
    const path = `/links/${await shop.makeLink()}/confirm`
    expect((await shop.send('POST', path, asked)).status).toBe(200)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(
      (await shop.send('POST', path, 'imp_uid=imp_1&merchant_uid=order-1&amount=10000', form)).status,
    ).toBe(200)
  })
  test.each([
    ['another amount', { ...asked, amount: 100 }, '결제 금액 불일치'],
    ['another order', { ...asked, merchant_uid: 'x' }, '주문번호 불일치'],
  ])('fails for %s', async (_, body, reason) => {
    const shop = openShop()
    const answer = await shop.send('POST', `/links/${await shop.makeLink()}/confirm`, body)
    expect(answer).toMatchObject({ status: 409, json: { reason } })
  })
  test('fails if the link is expired or paid', async () => {
    const shop = openShop()
    const id = await shop.makeLink()
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1' })
    await shop.settle(id, 'imp_1')
    expect((await shop.send('POST', `/links/${id}/confirm`, asked)).json).toEqual({
      reason: '이미 결제된 주문',
    })
    const other = await shop.makeLink({ merchant_uid: 'o2' })
    shop.clock.now += 3_600_000
    const late = await shop.send('POST', `/links/${other}/confirm`, { ...asked, merchant_uid: 'o2' })
    expect(late).toMatchObject({ status: 409, json: { reason: '결제 기한이 지난 주문' } })
  })
})
