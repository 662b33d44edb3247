import type { Hono } from 'hono'
import { createSandbox } from '../../src/sandbox/sandbox.ts'
import { expectShape } from './expect-shape.ts'

export interface MerchantCall {
  url: string
  body: Record<string, unknown>
}

export interface RestResponse<T = Record<string, unknown>> {
  status: number
  code: number
  message: string | null
  response: T
}

const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148'
const merchantPage = 'https://shop.example'

/** A merchant with its own sandbox: calls REST, opens windows and presses their buttons. */
export class Shop {
  now = Date.parse('2026-11-20T06:00:00Z')
  readonly merchantCalls: MerchantCall[] = []
  /** The merchant's response to notices and confirm_url. */
  reply: (call: MerchantCall) => Response | Promise<Response> = () => new Response('ok')
  readonly app: Hono
  #token: string | null = null

  constructor() {
    this.app = createSandbox({
      sdk: '/* sdk */',
      now: () => this.now,
      fetch: async (input, init) => {
        const call = { url: String(input), body: JSON.parse(String(init?.body)) }
        this.merchantCalls.push(call)
        return this.reply(call)
      },
    })
  }

  /** Calls REST and checks the response against the schema of the API. */
  async rest<T = Record<string, unknown>>(
    call: string,
    body?: object,
    headers: HeadersInit = {},
  ): Promise<RestResponse<T>> {
    const [method = 'GET', path = '/'] = call.split(' ')
    const init: RequestInit = { method, headers: { authorization: this.#token ?? '', ...headers } }
    if (body) {
      init.body = JSON.stringify(body)
      init.headers = { 'content-type': 'application/json', ...init.headers }
    }
    const response = await this.app.request(`/api${path}`, init)
    const json = await response.json()
    expectShape({ method, path, status: response.status, json })
    return { status: response.status, ...json }
  }

  async signIn(): Promise<void> {
    const credentials = { imp_key: 'sandbox', imp_secret: 'sandbox' }
    const { response } = await this.rest<{ access_token: string }>('POST /users/getToken', credentials)
    this.#token = response.access_token
  }

  /** Opens a window as the SDK does; returns its key, or '' with the error. */
  async open(order: Record<string, unknown> = {}, options: { provider?: string; mobile?: boolean } = {}) {
    const { provider = 'html5_inicis', mobile = false } = options
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
    const response = await this.app.request('/window/open', {
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
    const opened: { key?: string; mode?: string; error_code?: string; error_msg?: string } =
      await response.json()
    return { ...opened, key: opened.key ?? '' }
  }

  /** Presses a button; returns the result that the merchant's page receives. */
  async press(key: string, act: 'approve' | 'decline' | 'cancel'): Promise<Record<string, unknown>> {
    const response = await this.app.request(`/window/${key}`, {
      method: 'POST',
      headers: { accept: 'application/json', origin: 'https://pay.example' },
      body: new URLSearchParams({ act }),
    })
    const { message }: { message: string } = await response.json()
    return JSON.parse(message).data ?? JSON.parse(message).transactionResponse
  }

  async pay(order: Record<string, unknown> = {}): Promise<string> {
    const { key } = await this.open(order)
    return String((await this.press(key, 'approve')).imp_uid)
  }

  async control(commands: object) {
    const response = await this.app.request('/control', { method: 'POST', body: JSON.stringify(commands) })
    return { status: response.status, ...((await response.json()) as Record<string, unknown>) }
  }
}

export async function openShop(): Promise<Shop> {
  const shop = new Shop()
  await shop.signIn()
  return shop
}
