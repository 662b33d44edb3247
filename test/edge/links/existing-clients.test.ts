// Requests as upstream documents them and as public client applications send them.
import { describe, expect, test } from 'vitest'
import { openShop, start } from '../support/shop.ts'

const path = '/api/supplements/v1/link/payment'
const expired_at = start / 1000 + 1800
const user_code = 'imp11111111'
const json = { 'content-type': 'application/json;charset=UTF-8' }

/** Most clients send no token, because upstream requires none. */
const openToAll = () => openShop({ env: { LINK_AUTH: 'open', LINK_AUTH_OPEN_TO_ALL: 'true' } })

async function post(shop: ReturnType<typeof openShop>, body: unknown, headers: Record<string, string> = {}) {
  const { status, json: answer, text } = await shop.send('POST', path, body, { ...json, ...headers })
  expect(status, text).toBe(200)
  const id = String(answer.shortenedUrl).split('/').at(-1) ?? ''
  const warnings = (answer.warnings ?? []).map((warning: { path: string }) => warning.path)
  return { id, warned: warnings, answer, view: await shop.view(id) }
}

const asText = (payment_info: object) => ({ payment_info: JSON.stringify(payment_info), expired_at })

describe('upstream’s sample requests work once date and user_code are set:', () => {
  const sample = {
    title: '테스트고객사',
    user_code,
    amount: 10000,
    merchant_uid: 'merchant_1630665784552',
    name: '결제링크 테스트',
    tax_free: '면세공급가액',
    currency: 'KRW',
    language: 'ko',
    buyer_name: '',
    buyer_tel: '',
    buyer_addr: '',
    buyer_email: '',
    buyer_postcode: '',
    custom_data: 'json_object',
    notice_url: '결제 결과를 받을 url',
    pay_methods: [
      { pg: 'INIpayTest', pay_method: 'card', label: '신용/체크카드' },
      { pg: 'INIpayTest', pay_method: 'naverpay', label: '네이버페이' },
      { pg: 'INIpayTest', pay_method: 'kakaopay', label: '카카오페이' },
      { pg: 'INIpayTest', pay_method: 'phone', label: '핸드폰 소액결제' },
      { pg: 'INIpayTest', pay_method: 'trans', label: '계좌이체' },
      { pg: 'INIpayTest', pay_method: 'vbank', label: '가상계좌' },
    ],
  }

  test.each([
    ['Korean', sample],
    [
      'English',
      { ...sample, title: 'Test merchant', tax_free: 'tax free amount', notice_url: 'notification url' },
    ],
  ])('with pay_methods, from the %s reference', async (_, sample) => {
    const shop = openToAll()
    const { warned: warnings, view } = await post(shop, asText(sample))
    expect(warnings).toEqual(['tax_free', 'notice_url'])
    expect(view).toMatchObject({ status: 'open', title: sample.title, amount: 10_000 })
    expect(view.methods.map(({ label }: { label: string }) => label)).toEqual(
      sample.pay_methods.map(({ label }) => label),
    )
  })

  test('with direct, and the window gets a buyer name where the gateway requires one', async () => {
    const shop = openToAll()
    const { pay_methods, notice_url, custom_data, buyer_postcode, ...rest } = sample
    const direct = { pg: 'tosspayments', pay_method: 'card' }
    const { id, warned: warnings, view } = await post(shop, asText({ ...rest, amount: 1000, direct }))
    expect(warnings).toEqual(['tax_free', 'buyer_name'])
    expect(view).toMatchObject({ direct: true, methods: [{ provider: 'tosspayments', pay_method: 'card' }] })
    const asked = { method: 'm1', language: 'ko' }
    const { params } = (await shop.send('POST', `/links/${id}/checkout`, asked)).json
    expect(params).toMatchObject({ pg: 'tosspayments', buyer_name: '구매자' })
  })
})

describe('a minimal method as in upstream’s current reference', () => {
  test('gets a label in both languages', async () => {
    const pay_methods = [
      { pg: 'html5_inicis', pay_method: 'vbank' },
      { pg: 'kakaopay.TC0ONETIME', label: '' },
      { pg: 'tosspay_v2', pay_method: 'tosspay_money', label: null },
    ]
    const { view, warned: warnings } = await post(openToAll(), anOrderOf(pay_methods))
    expect(warnings).toEqual([])
    expect(view.methods.map(({ label }: { label: unknown }) => label)).toEqual([
      { ko: '가상계좌', en: 'Virtual account' },
      { ko: '카카오페이', en: 'Kakao Pay' },
      { ko: '토스페이 머니', en: 'Toss Pay money' },
    ])
  })

  test('without a gateway opens the store’s first channel, and its payment is accepted', async () => {
    const shop = openToAll()
    const { id, warned: warnings } = await post(shop, anOrderOf([{}]))
    expect(warnings).toEqual(['pay_methods.0.pg'])
    const asked = { method: 'm1', language: 'ko' }
    const { params } = (await shop.send('POST', `/links/${id}/checkout`, asked)).json
    expect(params).toMatchObject({ pay_method: 'card' })
    expect(params).not.toHaveProperty('pg')
    expect(params).not.toHaveProperty('channelKey')
    await shop.letCustomerIn(id, 'order-1')
    shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'order-1', pg_provider: 'kcp', pg_id: 'T0000' })
    await shop.settle(id, 'imp_1')
    const report = (await shop.asMerchant('GET', `/${id}`)).json
    expect(report).toMatchObject({ status: 'paid', method: { key: 'm1' }, gateway: 'unknown' })
  })

  const anOrderOf = (pay_methods: unknown[]) => ({
    title: '상점',
    user_code,
    amount: 10000,
    merchant_uid: 'order-1',
    name: '사과',
    currency: 'KRW',
    buyer_tel: '010-0000-0000',
    expired_at,
    pay_methods,
  })
})

describe('a client is accepted that sends', () => {
  test('the sample’s placeholders, its own merchant id, and no token', async () => {
    const shop = openToAll()
    const { warned: warnings, view } = await post(
      shop,
      asText({
        title: '결제하기',
        user_code,
        amount: 50000,
        merchant_uid: '20240205-0007',
        name: '이용권',
        tax_free: '면세공급가액',
        currency: 'KRW',
        language: 'ko',
        buyer_name: '홍길동',
        buyer_tel: '01000000000',
        buyer_addr: '',
        buyer_email: '',
        buyer_postcode: '',
        custom_data: 'json_object',
        pay_methods: [
          { pg: 'html5_inicis.INIpayTest', pay_method: 'card', label: '신용/체크카드' },
          { pg: 'INIpayTest', pay_method: 'phone', label: '핸드폰 소액결제' },
          { pg: 'INIpayTest', pay_method: 'trans', label: '계좌이체' },
          { pg: 'INIpayTest', pay_method: 'vbank', label: '가상계좌' },
        ],
      }),
    )
    expect(warnings).toEqual(['tax_free'])
    expect(view.methods).toHaveLength(4)
  })

  test('payment_info as text, a dash as the telephone number, and a Bearer token', async () => {
    const shop = openShop()
    const authorization = `Bearer ${await shop.signIn()}`
    const order = {
      title: '상담 - 15분 전화상담',
      user_code,
      amount: 10000,
      merchant_uid: '3f0c8a52-5d0b-4d4e-9a77-0a8d4f1f2b11',
      name: '15분 전화상담',
      currency: 'KRW',
      buyer_name: '홍길동',
      buyer_tel: '-',
      buyer_email: 'a@example.com',
      custom_data: 'json_object',
      notice_url: 'https://shop.example/webhook',
      pay_methods: [
        { pg: 'html5_inicis.INIpayTest', pay_method: 'card', label: '신용/체크카드' },
        { pg: 'html5_inicis.INIpayTest', pay_method: 'naverpay', label: '네이버페이' },
        { pg: 'tosspayments.iamporttest_3', pay_method: 'tosspay.tosstest', label: '토스페이' },
      ],
    }
    const { answer } = await post(shop, asText(order), { authorization })
    expect(Object.keys(answer)).toEqual(['shortenedUrl'])
  })

  test('payment_info as an object, and an unknown field for its webhook URL', async () => {
    const shop = openToAll()
    const payment_info = {
      title: '15분 전화상담',
      user_code,
      amount: 10000,
      merchant_uid: '3f0c8a52-5d0b-4d4e-9a77-0a8d4f1f2b12',
      name: '전문가 이름',
      currency: 'KRW',
      buyer_name: '상담자 이름',
      buyer_tel: '상담자 전화번호',
      buyer_email: '상담자 이메일',
      custom_data: 'json_object',
      noticeUrl: 'https://shop.example/webhook',
      pay_methods: [{ pg: 'html5_inicis.INIpayTest', pay_method: 'card', label: '신용/체크카드' }],
    }
    const { warned: warnings } = await post(shop, { payment_info, expired_at })
    expect(warnings).toEqual(['noticeUrl'])
  })

  test('only the required fields and a notice_url, and disables the link by the id at the end of its URL', async () => {
    const shop = openToAll()
    const {
      id,
      warned: warnings,
      view,
    } = await post(
      shop,
      asText({
        title: 'PC 주문 결제',
        user_code,
        amount: 1250000,
        merchant_uid: 'order_20260101_1',
        name: '조립 PC',
        buyer_tel: '010-0000-0000',
        currency: 'KRW',
        notice_url: 'https://shop.example/api/payment/webhook/verify/paymentLink',
        pay_methods: [{ pg: 'tosspay_v2', pay_method: 'tosspay_money', label: '토스페이' }],
      }),
    )
    expect([warnings, view.status]).toEqual([[], 'open'])
    expect(await shop.send('PUT', `${path}/${id}`)).toMatchObject({ status: 200, json: {} })
    expect((await shop.view(id)).status).toBe('disabled')
  })
})
