// i'mport's REST API over the model, with the fields and pages of its OpenAPI.
import type { Attempt, Payment } from './attempt.ts'

interface Records {
  attempts: Attempt[]
  find: (imp_uid: string) => Attempt | undefined
  reported: (attempt: Attempt) => Payment
  cancel: (attempt: Attempt) => void
}

const secrets: Record<string, string> = { key: 'secret', key3: 'secret3' }
const maxPerPage = 1000

const ok = (response: unknown) => Response.json({ code: 0, message: null, response })
const refuse = (status: number) => Response.json({ code: -1, message: 'no', response: null }, { status })

export function createRest({ attempts, find, reported, cancel }: Records) {
  const prepared = new Map<string, number>()
  /** Payments cancelled by Dari, in order. */
  const cancelled: Attempt[] = []
  let tokens = 1

  function answer(url: URL, init: RequestInit | undefined): Response {
    const method = init?.method ?? 'GET'
    const body = init?.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {}
    if (url.pathname === '/users/getToken') return issueToken(body)
    const token = new Headers(init?.headers).get('authorization') ?? ''
    const [store = '', version] = token.split(':')
    if (Number(version) !== tokens) return refuse(401)
    const last = decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
    if (url.pathname.startsWith('/payments/prepare')) return prepare(method, last, body, store)
    if (url.pathname.startsWith('/payments/findAll/')) return findAll(store, last, url.searchParams)
    if (url.pathname === '/payments/cancel') return cancelPayment(store, body)
    const one = find(last)
    const isHidden = one?.payment.sandbox && !url.searchParams.has('include_sandbox')
    return one?.store === store && !isHidden ? ok(reported(one)) : refuse(404)
  }

  function issueToken({ imp_key, imp_secret }: Record<string, unknown>): Response {
    if (secrets[String(imp_key)] !== imp_secret) return refuse(401)
    return ok({ access_token: `${String(imp_key)}:${tokens}`, now: 0, expired_at: 1800 })
  }

  /** Latest first: 20 by default, at most 1000. */
  function findAll(store: string, merchantUid: string, query: URLSearchParams): Response {
    const matching = attempts.filter((one) => one.store === store && one.payment.merchant_uid === merchantUid)
    if (matching.length === 0) return refuse(404)
    const limit = Math.min(Number(query.get('limit') ?? 20), maxPerPage)
    const page = Number(query.get('page') ?? 1)
    const latest = matching.toReversed().sort((a, b) => b.payment.started_at - a.payment.started_at)
    const list = latest.slice((page - 1) * limit, page * limit)
    if (list.length === 0) return refuse(400)
    const next = page * limit < matching.length ? page + 1 : 0
    return ok({ total: matching.length, previous: page - 1, next, list: list.map(reported) })
  }

  function cancelPayment(store: string, { imp_uid, checksum }: Record<string, unknown>): Response {
    const attempt = find(String(imp_uid))
    // The refund of a deposit needs a bank account, which the request lacks.
    if (attempt?.store !== store || attempt.payment.pay_method === 'vbank') return refuse(200)
    const { paid_at, amount, cancel_amount } = attempt.payment
    const left = amount - cancel_amount
    if (paid_at === 0 || left === 0 || left !== checksum) return refuse(200)
    cancel(attempt)
    cancelled.push(attempt)
    return ok(attempt.payment)
  }

  function prepare(
    method: string,
    merchantUid: string,
    body: Record<string, unknown>,
    store: string,
  ): Response {
    const key = `${store} ${String(body.merchant_uid ?? merchantUid)}`
    if (method === 'GET') return prepared.has(key) ? ok({ amount: prepared.get(key) }) : refuse(404)
    if (method === 'POST' && prepared.has(key)) return refuse(200)
    prepared.set(key, Number(body.amount))
    return ok(body)
  }

  return {
    answer,
    refuse,
    cancelled,
    /** Invalidates all tokens. */
    revokeTokens(): Response {
      tokens += 1
      return refuse(401)
    },
  }
}
