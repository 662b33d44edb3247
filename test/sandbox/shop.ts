import type { Hono } from 'hono'
import { createSandbox } from '../../src/sandbox/sandbox.ts'
import { expectShape } from './expect-shape.ts'

export interface Sent {
  url: string
  body: Record<string, unknown>
}

export interface Answer<T = Record<string, unknown>> {
  status: number
  code: number
  message: string | null
  response: T
}

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148'
const merchantPage = 'https://shop.example'

/** A merchant with a sandbox of its own: calls REST, opens windows and presses their buttons. */
export class Shop {
  now = Date.parse('2026-11-20T06:00:00Z')
  readonly sent: Sent[] = []
  /** What the merchant's server says to notices and to confirm_url. */
  reply: (sent: Sent) => Response | Promise<Response> = () => new Response('ok')
  readonly app: Hono
  #token: string | null = null

  constructor() {
    this.app = createSandbox({
      sdk: '/* sdk */',
      now: () => this.now,
      fetch: async (input, init) => {
        const sent = { url: String(input), body: JSON.parse(String(init?.body)) }
        this.sent.push(sent)
        return this.reply(sent)
      },
    })
  }

  /** Every answer that comes by here is held against the shapes of the REST API. */
  async rest<T = Record<string, unknown>>(
    call: string,
    body?: object,
    headers: HeadersInit = {},
  ): Promise<Answer<T>> {
    const [method = 'GET', path = '/'] = call.split(' ')
    const init: RequestInit = { method, headers: { authorization: this.#token ?? '', ...headers } }
    if (body) {
      init.body = JSON.stringify(body)
      init.headers = { 'content-type': 'application/json', ...init.headers }
    }
    const answer = await this.app.request(`/api${path}`, init)
    const json = await answer.json()
    expectShape({ method, path, status: answer.status, json })
    return { status: answer.status, ...json }
  }

  async signIn(): Promise<void> {
    const credentials = { imp_key: 'sandbox', imp_secret: 'sandbox' }
    const { response } = await this.rest<{ access_token: string }>('POST /users/getToken', credentials)
    this.#token = response.access_token
  }

  /** Opens a window as the SDK does; answers the key of it, or the refusal. */
  async open(order: Record<string, unknown> = {}, place: { provider?: string; mobile?: boolean } = {}) {
    const { provider = 'html5_inicis', mobile = false } = place
    const pgIds: Record<string, string> = {
      html5_inicis: 'INIpayTest',
      kakaopay: 'TC0ONETIME',
      tosspayments: 'tosstest',
      kcp: 'T0000',
    }
    const data = {
      request_id: 'req_1',
      merchant_uid: 'order-1',
      amount: 10_000,
      name: '사과 한 상자',
      ...order,
    }
    const answer = await this.app.request('/window/open', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': mobile ? phone : 'Mozilla/5.0 (X11)' },
      body: JSON.stringify({
        user_code: 'imp00000000',
        provider,
        pg_id: pgIds[provider] ?? provider,
        origin: merchantPage,
        data,
      }),
    })
    const said: { key?: string; way?: string; error_code?: string; error_msg?: string } = await answer.json()
    return { ...said, key: said.key ?? '' }
  }

  /** Presses a button; answers what the merchant's page is told. */
  async press(key: string, act: 'approve' | 'decline' | 'cancel'): Promise<Record<string, unknown>> {
    const answer = await this.app.request(`/window/${key}`, {
      method: 'POST',
      headers: { accept: 'application/json', origin: 'https://pay.example' },
      body: new URLSearchParams({ act }),
    })
    const { message }: { message: string } = await answer.json()
    return JSON.parse(message).data ?? JSON.parse(message).transactionResponse
  }

  async pay(order: Record<string, unknown> = {}): Promise<string> {
    const { key } = await this.open(order)
    return String((await this.press(key, 'approve')).imp_uid)
  }

  async control(orders: object) {
    const answer = await this.app.request('/control', { method: 'POST', body: JSON.stringify(orders) })
    return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) }
  }
}

export async function openShop(): Promise<Shop> {
  const shop = new Shop()
  await shop.signIn()
  return shop
}
