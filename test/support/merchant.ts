// A merchant's API client: tokens, orders, links.

export interface Method {
  pg?: string
  channelKey?: string
  pay_method?: string
  label: string | { ko: string; en: string }
}

export const sixMethods: (Method & { label: { ko: string; en: string }; pay_method: string })[] = [
  { pg: 'INIpayTest', pay_method: 'card', label: { ko: '신용·체크카드', en: 'Credit or debit card' } },
  { pg: 'INIpayTest', pay_method: 'naverpay', label: { ko: '네이버페이', en: 'Naver Pay' } },
  { pg: 'INIpayTest', pay_method: 'kakaopay', label: { ko: '카카오페이', en: 'Kakao Pay' } },
  { pg: 'INIpayTest', pay_method: 'phone', label: { ko: '휴대폰 소액결제', en: 'Mobile billing' } },
  { pg: 'INIpayTest', pay_method: 'trans', label: { ko: '계좌이체', en: 'Bank transfer' } },
  { pg: 'INIpayTest', pay_method: 'vbank', label: { ko: '가상계좌', en: 'Virtual account' } },
]

let orders = 0

export function anOrder(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  orders += 1
  return {
    title: '3월 커피 주문',
    user_code: 'imp00000000',
    amount: 10_000,
    merchant_uid: `order_${process.pid}_${Date.now()}_${orders}`,
    name: '드립백 커피 10개입',
    currency: 'KRW',
    buyer_tel: '010-1234-5678',
    buyer_name: '홍길동',
    pay_methods: sixMethods,
    expired_at: Math.floor(Date.now() / 1000) + 86_400,
    ...overrides,
  }
}

export interface Link {
  id: string
  url: string
  merchant_uid: string
}

export function merchantAt(base: string) {
  const path = `${base}/api/supplements/v1/link/payment`
  let token: string | undefined

  async function call(method: string, url: string, body?: unknown): Promise<Response> {
    token ??= await getToken()
    return fetch(url, {
      method,
      headers: { authorization: token, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  async function getToken(): Promise<string> {
    const body = new URLSearchParams({ imp_key: 'sandbox', imp_secret: 'sandbox' })
    const response = await fetch(`${base}/users/getToken`, { method: 'POST', body })
    const { response: token } = (await response.json()) as { response: { access_token: string } }
    return token.access_token
  }

  return {
    call,
    token: getToken,
    async create(overrides: Record<string, unknown> = {}): Promise<Link> {
      const order = anOrder(overrides)
      const response = await call('POST', path, order)
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
      const { shortenedUrl } = (await response.json()) as { shortenedUrl: string }
      return {
        id: shortenedUrl.split('/').at(-1) ?? '',
        url: shortenedUrl,
        merchant_uid: String(order.merchant_uid),
      }
    },
    async disable(id: string): Promise<number> {
      return (await call('PUT', `${path}/${id}`)).status
    },
    async read(id: string): Promise<Record<string, unknown>> {
      return (await call('GET', `${path}/${id}`)).json() as Promise<Record<string, unknown>>
    },
    /** Opens and leaves a payment window on the link, as another customer's page does. */
    async holdWindow(id: string): Promise<void> {
      const visitor = 'another-tab'
      for (const [what, body] of [
        ['checkout', { method: 'm1', language: 'ko', visitor }],
        ['opened', { visitor }],
      ] as const) {
        const response = await call('POST', `${base}/links/${id}/${what}`, body)
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      }
    },
    /** The sandbox i'mport's payments of the order. */
    async payments(merchantUid: string): Promise<{ imp_uid: string; status: string }[]> {
      const response = await fetch(`${base}/sandbox/control`)
      const { payments } = (await response.json()) as {
        payments: { imp_uid: string; merchant_uid: string; status: string }[]
      }
      return payments.filter(({ merchant_uid }) => merchant_uid === merchantUid)
    },
    async control(orders: Record<string, unknown>): Promise<void> {
      const response = await fetch(`${base}/sandbox/control`, {
        method: 'POST',
        body: JSON.stringify(orders),
      })
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    },
  }
}

export type MerchantClient = ReturnType<typeof merchantAt>
