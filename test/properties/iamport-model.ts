// A model of i'mport that remembers everything: what is true, what was true, and what Dari asked it to undo.
// Beside the truth it has weather: an answer may be old, cut, refused or never come.

export interface Paying {
  imp_uid: string
  merchant_uid: string
  /** imp_key of the store it was paid at. */
  store: string
  sandbox: boolean
  status: 'ready' | 'paid' | 'failed' | 'cancelled'
  amount: number
  cancel_amount: number
  currency: string
  pay_method: string
  pg_provider: string
  pg_id: string
  /** Unix seconds, 0 where it means nothing. */
  started_at: number
  paid_at: number
  cancelled_at: number
  vbank_num: string | null
  vbank_name: string | null
  vbank_date: number
  vbank_issued_at: number
  fail_reason: string | null
}

type Wish = Pick<Paying, 'store' | 'merchant_uid' | 'amount' | 'currency' | 'pay_method' | 'sandbox'>

/** `lost`: i'mport did it, and the answer never came. `cut`: half of the answer came. */
export const weathers = ['fine', 'reset', 'lost', 'error', 'cut', 'refused', 'unauthorized'] as const
export type Weather = (typeof weathers)[number]

const stores: Record<string, string> = { key: 'secret', key3: 'secret3' }
const dueSeconds = 7200

export function createIamportModel(now: () => number) {
  const payments: Paying[] = []
  const past = new Map<string, Paying[]>()
  const prepared = new Map<string, number>()
  const cancelled: { imp_uid: string; store: string; merchant_uid: string }[] = []
  let tokens = 1
  const day = {
    weather: [] as Weather[],
    /** How many changes behind the truth the answers about payments are. */
    behind: 0,
    /** The process that asks is dead: nothing leaves it any more. */
    dead: false,
  }
  const seconds = () => Math.floor(now() / 1000)

  function change(payment: Paying, news: Partial<Paying>): void {
    past.get(payment.imp_uid)?.push({ ...payment })
    Object.assign(payment, news)
  }

  function tell(payment: Paying): Paying {
    const before = past.get(payment.imp_uid) ?? []
    return before.at(-day.behind) && day.behind > 0 ? (before.at(-day.behind) ?? payment) : payment
  }

  const ok = (response: unknown) => Response.json({ code: 0, message: null, response })
  const no = (status: number) => Response.json({ code: -1, message: 'no', response: null }, { status })

  function rest(method: string, url: URL, body: Record<string, unknown>, token: string | null): Response {
    const path = url.pathname
    if (path === '/users/getToken') {
      const isKnown = stores[String(body.imp_key)] === body.imp_secret
      const access_token = `${String(body.imp_key)}:${tokens}`
      return isKnown ? ok({ access_token, now: 0, expired_at: 1800 }) : no(401)
    }
    const [store = '', version] = (token ?? '').split(':')
    if (Number(version) !== tokens) return no(401)
    const mine = payments.filter((payment) => payment.store === store)
    if (path.startsWith('/payments/prepare')) return prepare(method, path, body, store)
    const order = /^\/payments\/findAll\/(.+)$/.exec(path)?.[1]
    if (order !== undefined) {
      const list = mine.filter(({ merchant_uid }) => merchant_uid === decodeURIComponent(order)).map(tell)
      return list.length > 0 ? ok({ total: list.length, list: list.toReversed() }) : no(404)
    }
    if (path === '/payments/cancel') {
      const payment = mine.find(({ imp_uid }) => imp_uid === body.imp_uid)
      if (!payment || payment.paid_at === 0 || payment.pay_method === 'vbank') return no(200)
      const left = payment.amount - payment.cancel_amount
      if (left === 0 || left !== body.checksum) return no(200)
      change(payment, { status: 'cancelled', cancel_amount: payment.amount, cancelled_at: seconds() })
      cancelled.push({ imp_uid: payment.imp_uid, store, merchant_uid: payment.merchant_uid })
      return ok(payment)
    }
    const one = mine.find(({ imp_uid }) => imp_uid === path.split('/').at(-1))
    const isHidden = one?.sandbox && !url.searchParams.has('include_sandbox')
    return one && !isHidden ? ok(tell(one)) : no(404)
  }

  function prepare(method: string, path: string, body: Record<string, unknown>, store: string): Response {
    const key = `${store} ${String(body.merchant_uid ?? path.split('/').at(-1))}`
    if (method === 'GET') return prepared.has(key) ? ok({ amount: prepared.get(key) }) : no(404)
    if (method === 'POST' && prepared.has(key)) return no(200)
    prepared.set(key, Number(body.amount))
    return ok(body)
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input))
    if (day.dead) throw new TypeError('a dead process asks nobody')
    const weather = day.weather.shift() ?? 'fine'
    if (weather === 'reset') throw new TypeError('connection reset')
    if (weather === 'error') return new Response('<html>503</html>', { status: 503 })
    if (weather === 'refused') return no(200)
    if (weather === 'unauthorized') {
      tokens += 1
      return no(401)
    }
    const body = init?.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {}
    const token = new Headers(init?.headers).get('authorization')
    const answer = rest(init?.method ?? 'GET', url, body, token)
    if (weather === 'lost') throw new TypeError('socket hang up')
    if (weather !== 'cut') return answer
    const whole = await answer.text()
    return new Response(whole.slice(0, whole.length / 2), { status: answer.status })
  }

  /** The merchant gives money back in i'mport's console. */
  function refund(payment: Paying, part: number): void {
    const left = payment.amount - payment.cancel_amount
    if (payment.paid_at === 0 || left === 0) return
    const cancel_amount = payment.cancel_amount + Math.ceil(left * part)
    change(payment, { status: 'cancelled', cancel_amount, cancelled_at: seconds() })
  }

  return {
    fetch,
    day,
    payments,
    /** What Dari had cancelled, in order. */
    cancelled,
    /** A window opens; its payment is `ready`. */
    open(wish: Wish) {
      const payment: Paying = {
        imp_uid: `imp_${payments.length + 1}`,
        status: 'ready',
        cancel_amount: 0,
        pg_provider: 'html5_inicis',
        pg_id: 'INIpayTest',
        started_at: seconds(),
        paid_at: 0,
        cancelled_at: 0,
        vbank_num: null,
        vbank_name: null,
        vbank_date: 0,
        vbank_issued_at: 0,
        fail_reason: null,
        ...wish,
      }
      payments.push(payment)
      past.set(payment.imp_uid, [])
      return payment
    },
    /** Money comes; of a virtual account first the account, then the money. */
    approve(payment: Paying): void {
      if (payment.status !== 'ready') return
      if (payment.pay_method === 'vbank' && payment.vbank_num === null) {
        const issued = { vbank_num: '5620', vbank_name: '신한은행', vbank_issued_at: seconds() }
        change(payment, { ...issued, vbank_date: seconds() + dueSeconds })
      } else change(payment, { status: 'paid', paid_at: seconds() })
    },
    /** Refused, or closed by its customer. A few gateways approve after that all the same. */
    fail(payment: Paying): void {
      if (payment.status === 'ready') change(payment, { status: 'failed', fail_reason: '한도초과' })
    },
    approveAfterAll(payment: Paying): void {
      if (payment.status === 'failed' && payment.pay_method === 'card')
        change(payment, { status: 'paid', paid_at: seconds() })
    },
    refundHalf: (payment: Paying) => refund(payment, 0.5),
    refundAll: (payment: Paying) => refund(payment, 1),
  }
}

export type IamportModel = ReturnType<typeof createIamportModel>

/** What is left of the money with the merchant. */
export const moneyIn = (payment: Paying): number =>
  payment.paid_at > 0 ? payment.amount - payment.cancel_amount : 0
