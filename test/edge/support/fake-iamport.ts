// A fetch with as much of i'mport's REST API as settling needs, backed by a map of payments.
export interface FakePayment {
  imp_uid: string
  merchant_uid: string
  status: string
  amount: number
  cancel_amount: number
  currency: string
  sandbox?: boolean
  pay_method?: string | null
  pg_provider?: string | null
  pg_id?: string | null
  paid_at?: number
  [field: string]: unknown
}

export interface FakeKey {
  customer_uid: string
  pg_provider: string
  pg_id: string
  card_name: string
  card_number: string
  sandbox: boolean
  inserted: number
  updated: number
}

export interface FakeCall {
  method: string
  path: string
  body: Record<string, unknown>
  headers: Headers
}

export function createFakeIamport() {
  const payments = new Map<string, FakePayment>()
  const prepared = new Map<string, Record<string, unknown>>()
  const keys = new Map<string, FakeKey>()
  const calls: FakeCall[] = []
  /** The window that an order's customer opened last. Its payments come from there by default. */
  const windows = new Map<string, { custom_data: string; started_at: number }>()
  const state = {
    mode: 'up' as 'up' | 'down' | 'broken',
    refuseCancel: false,
    /** Unix milliseconds. */
    now: () => 1_900_000_030_000,
    token: 1,
    tokenLife: 1800,
    /** The result of the next card, and whether the response arrives. */
    card: 'take' as 'take' | 'refuse' | 'refuse outright' | 'take unheard' | 'lose',
    whileAskedForKey: undefined as (() => Promise<unknown>) | undefined,
    whileCalling: undefined as (() => Promise<unknown>) | undefined,
    whilePreparing: undefined as (() => Promise<unknown>) | undefined,
    /** Answers first if it returns a response. */
    instead: undefined as ((url: URL) => Promise<Response | undefined> | Response | undefined) | undefined,
  }
  /** Other servers, such as the merchants' receivers. */
  const receivers = new Map<string, (request: Request) => Response>()

  const ok = (response: unknown) => Response.json({ code: 0, message: null, response })
  const no = (status: number, message: string) =>
    Response.json({ code: -1, message, response: null }, { status })

  function pay(payment: Partial<FakePayment> & Pick<FakePayment, 'imp_uid' | 'merchant_uid'>): FakePayment {
    const made: FakePayment = {
      status: 'paid',
      amount: 10_000,
      cancel_amount: 0,
      currency: 'KRW',
      sandbox: false,
      pay_method: 'card',
      pg_provider: 'html5_inicis',
      pg_id: 'INIpayTest',
      paid_at: 1_900_000_060,
      channel: 'pc',
      ...windows.get(payment.merchant_uid),
      ...payment,
    }
    payments.set(made.imp_uid, made)
    return made
  }

  /** Issues a billing key for a card. */
  function issue(customer_uid: string, differences: Partial<FakeKey> = {}): FakeKey {
    const at = 1_900_000_000 + keys.size + calls.length
    const key: FakeKey = {
      customer_uid,
      pg_provider: 'nice_v2',
      pg_id: 'nicetest',
      card_name: '신한카드',
      card_number: '424242******4242',
      sandbox: false,
      inserted: keys.get(customer_uid)?.inserted ?? at,
      updated: at,
      ...differences,
    }
    keys.set(customer_uid, key)
    return key
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const own = receivers.get(request.url)
    const body = (await request.json().catch(() => ({}))) as Record<string, unknown>
    const path = url.pathname
    calls.push({ method: request.method, path: path + url.search, body, headers: request.headers })
    if (own) return own(request)
    const instead = await state.instead?.(url)
    if (instead) return instead
    if (state.mode === 'down') throw new TypeError('connection refused')
    if (state.mode === 'broken') return new Response('<html>Bad gateway</html>', { status: 200 })
    if (path === '/users/getToken')
      return body.imp_key === 'key' && body.imp_secret === 'secret'
        ? ok({ access_token: `token-${state.token}`, now: 0, expired_at: state.tokenLife })
        : no(401, 'wrong key')
    if (request.headers.get('authorization') !== `token-${state.token}`) return no(401, 'token')
    if (path === '/payments/prepare') {
      await state.whilePreparing?.()
      const uid = String(body.merchant_uid)
      if (request.method === 'POST' && prepared.has(uid)) return no(200, 'registered already')
      prepared.set(uid, body)
      return ok(body)
    }
    const prepare = /^\/payments\/prepare\/(.+)$/.exec(path)?.[1]
    if (prepare) return ok(prepared.get(decodeURIComponent(prepare)) ?? null)
    const all = /^\/payments\/findAll\/(.+)$/.exec(path)?.[1]
    if (all) {
      const found = [...payments.values()].filter((p) => p.merchant_uid === decodeURIComponent(all))
      return found.length > 0 ? pageOf(found.toReversed(), url.searchParams) : no(404, 'none')
    }
    if (path === '/payments/cancel') {
      const payment = payments.get(String(body.imp_uid))
      if (!payment || state.refuseCancel) return no(200, 'cannot cancel')
      // As strict as a server may be: upstream's reference wants one of the ids, and no amount means all.
      if (body.merchant_uid !== payment.merchant_uid || !body.amount) return no(200, 'fields')
      const left = payment.amount - payment.cancel_amount
      if (Math.abs(left - Number(body.amount)) > 1e-9) return no(200, 'amount')
      if (left === 0 || Math.abs(left - Number(body.checksum)) > 1e-9) return no(200, 'checksum')
      Object.assign(payment, { status: 'cancelled', cancel_amount: payment.amount })
      return ok(payment)
    }
    const uid = /^\/subscribe\/customers\/(.+)$/.exec(path)?.[1]
    if (uid && request.method !== 'POST') {
      await state.whileAskedForKey?.()
      const key = keys.get(decodeURIComponent(uid))
      if (key && request.method === 'DELETE') keys.delete(key.customer_uid)
      return key ? ok(key) : no(404, 'no key')
    }
    if (uid || path === '/subscribe/payments/onetime') {
      await state.whileCalling?.()
      if (state.card === 'lose') throw new TypeError('cut')
      const name = decodeURIComponent(uid ?? String(body.customer_uid))
      const refused = state.card.startsWith('refuse')
      if (refused && (uid || state.card === 'refuse outright'))
        return no(200, '카드번호 4242-4242-4242-4242 거절')
      if (!refused) issue(name)
      const charged = { merchant_uid: String(body.merchant_uid), amount: Number(body.amount) }
      const payment = uid
        ? null
        : pay({
            imp_uid: `imp_${payments.size + 1}`,
            channel: 'api',
            custom_data: String(body.custom_data),
            started_at: Math.floor(state.now() / 1000),
            ...charged,
          })
      if (payment && refused) Object.assign(payment, { status: 'failed', fail_reason: '한도초과' })
      if (state.card === 'take unheard') throw new TypeError('cut')
      return ok(payment ?? keys.get(name))
    }
    const one = payments.get(path.split('/').at(-1) ?? '')
    return one ? ok(one) : no(404, 'none')
  }

  /** As in the OpenAPI document: 20 per page by default, at most 1,000, and next = 0 on the last page. */
  function pageOf(found: FakePayment[], asked: URLSearchParams): Response {
    const limit = Number(asked.get('limit') ?? 20)
    const page = Number(asked.get('page') ?? 1)
    const pages = Math.ceil(found.length / limit)
    if (limit > 1000 || page > pages) return no(400, 'no such page')
    const list = found.slice((page - 1) * limit, page * limit)
    return ok({ total: found.length, previous: page - 1, next: page < pages ? page + 1 : 0, list })
  }

  const fetch: typeof globalThis.fetch = (input, init) => answer(new Request(input, init))
  return {
    fetch,
    payments,
    keys,
    prepared,
    windows,
    calls,
    state,
    receivers,
    /** Calls to one path, by method and the start of the path. */
    callsTo: (method: string, path: string) =>
      calls.filter((call) => call.method === method && call.path.startsWith(path)),
    pay,
    issue,
  }
}
