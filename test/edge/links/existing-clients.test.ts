// What upstream documents, and what public applications of its payment URL were seen to send, on the wire.
import { describe, expect, test } from 'vitest'
import { openShop, start } from '../support/shop.ts'

const path = '/api/supplements/v1/link/payment'
const expired_at = start / 1000 + 1800
const user_code = 'imp11111111'
const json = { 'content-type': 'application/json;charset=UTF-8' }

/** Most clients know no token: upstream asks for none. */
const openToAll = () => openShop({ env: { LINK_AUTH: 'open', LINK_AUTH_OPEN_TO_ALL: 'true' } })

async function post(shop: ReturnType<typeof openShop>, body: unknown, headers: Record<string, string> = {}) {
  const { status, json: answer, text } = await shop.send('POST', path, body, { ...json, ...headers })
  expect(status, text).toBe(200)
  const id = String(answer.shortenedUrl).split('/').at(-1) ?? ''
  const warned = (answer.warnings ?? []).map((warning: { path: string }) => warning.path)
  return { id, warned, answer, view: await shop.view(id) }
}

const inText = (payment_info: object) => ({ payment_info: JSON.stringify(payment_info), expired_at })

describe('upstream’s samples work but for date and user_code', () => {
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
  ])('with a choice of methods, in its %s reference', async (_, said) => {
    const shop = openToAll()
    const { warned, view } = await post(shop, inText(said))
    expect(warned).toEqual(['tax_free', 'notice_url'])
    expect(view).toMatchObject({ status: 'open', title: said.title, amount: 10_000 })
    expect(view.methods.map(({ label }: { label: string }) => label)).toEqual(
      sample.pay_methods.map(({ label }) => label),
    )
  })

  test('with direct, whose window is handed a name that it would not open without', async () => {
    const shop = openToAll()
    const { pay_methods, notice_url, custom_data, buyer_postcode, ...rest } = sample
    const direct = { pg: 'tosspayments', pay_method: 'card' }
    const { id, warned, view } = await post(shop, inText({ ...rest, amount: 1000, direct }))
    expect(warned).toEqual(['tax_free', 'buyer_name'])
    expect(view).toMatchObject({ direct: true, methods: [{ provider: 'tosspayments', pay_method: 'card' }] })
    const asked = { method: 'm1', language: 'ko' }
    const { params } = (await shop.send('POST', `/links/${id}/checkout`, asked)).json
    expect(params).toMatchObject({ pg: 'tosspayments', buyer_name: '구매자' })
  })
})

describe('a method that says as little as the current reference asks for', () => {
  test('has a name in both languages', async () => {
    const pay_methods = [
      { pg: 'html5_inicis', pay_method: 'vbank' },
      { pg: 'kakaopay.TC0ONETIME', label: '' },
      { pg: 'tosspay_v2', pay_method: 'tosspay_money', label: null },
    ]
    const { view, warned } = await post(openToAll(), anOrderOf(pay_methods))
    expect(warned).toEqual([])
    expect(view.methods.map(({ label }: { label: unknown }) => label)).toEqual([
      { ko: '가상계좌', en: 'Virtual account' },
      { ko: '카카오페이', en: 'Kakao Pay' },
      { ko: '토스페이 머니', en: 'Toss Pay money' },
    ])
  })

  test('without a gateway opens the first channel of the store, and nothing is held against its payment', async () => {
    const shop = openToAll()
    const { id, warned } = await post(shop, anOrderOf([{}]))
    expect(warned).toEqual(['pay_methods.0.pg'])
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

describe('a client that sends', () => {
  test('the sample’s placeholders, its own merchant id, and no token', async () => {
    const shop = openToAll()
    const { warned, view } = await post(
      shop,
      inText({
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
    expect(warned).toEqual(['tax_free'])
    expect(view.methods).toHaveLength(4)
  })

  test('payment_info as text with a dash for the telephone, and a token as Bearer', async () => {
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
    const { answer } = await post(shop, inText(order), { authorization })
    expect(Object.keys(answer)).toEqual(['shortenedUrl'])
  })

  test('payment_info as an object, and its webhook under a name that nobody reads', async () => {
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
    const { warned } = await post(shop, { payment_info, expired_at })
    expect(warned).toEqual(['noticeUrl'])
  })

  test('only what is required and a notice_url, and disables the link by its last part', async () => {
    const shop = openToAll()
    const { id, warned, view } = await post(
      shop,
      inText({
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
    expect([warned, view.status]).toEqual([[], 'open'])
    expect(await shop.send('PUT', `${path}/${id}`)).toMatchObject({ status: 200, json: {} })
    expect((await shop.view(id)).status).toBe('disabled')
  })
})
