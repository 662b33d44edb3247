// REST API of the mock i'mport, after its OpenAPI: tokens, prepare, payments, cancel.
import { type Entry, type Records, refund } from './records.ts'
import type { Subscriptions } from './subscribe.ts'

export interface Account {
  user_code: string
  imp_key: string
  imp_secret: string
}

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  body: Record<string, unknown>
}

/** Responds instead of the mock, or lets the request pass. */
export type Fault = (call: Call) => Response | undefined | Promise<Response | undefined>

export interface RestOptions {
  records: Records
  subscriptions: Subscriptions
  accounts: readonly Account[]
  /** i'mport's own clock in unix seconds. */
  seconds: () => number
  calls: Call[]
  faults: Fault[]
}

const answer = (response: unknown) => Response.json({ code: 0, message: null, response })
const refuse = (status: number, message: string, code = -1) =>
  Response.json({ code, message, response: null }, { status })
const unknownPayment = () => refuse(404, '존재하지 않는 결제정보입니다.')

const tokenSeconds = 30 * 60

export function createRest({ records, subscriptions, accounts, seconds, calls, faults }: RestOptions) {
  const tokens = new Map<string, { account: Account; until: number }>()

  return async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const call: Call = {
      method: request.method,
      path: decodeURI(pathname),
      query: searchParams,
      body: await readBody(request),
    }
    calls.push(call)
    for (const fault of faults) {
      const instead = await fault(call)
      if (instead) return instead
    }
    if (call.path === '/users/getToken') return getToken(call)
    const given = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
    const token = tokens.get(given)
    if (!token || token.until <= seconds()) return refuse(401, 'Unauthorized')
    const { user_code } = token.account
    const own = records.entries.filter(({ account, hidden }) => account === user_code && !hidden)
    return route(call, user_code, own)
  }

  function getToken({ body }: Call): Response {
    const account = accounts.find(
      ({ imp_key, imp_secret }) => imp_key === body.imp_key && imp_secret === body.imp_secret,
    )
    if (!account) return refuse(401, '인증에 실패하였습니다. API키와 secret을 확인하세요.')
    const now = seconds()
    const held = [...tokens].find(([, token]) => token.account === account && token.until > now + 60)
    const access_token = held?.[0] ?? `upstream-${account.user_code}-${now}`
    const until = held?.[1].until ?? now + tokenSeconds
    tokens.set(access_token, { account, until })
    return answer({ access_token, now, expired_at: until })
  }

  function route(call: Call, account: string, own: Entry[]): Response {
    const [, first, second = '', third = '', fourth = ''] = call.path.split('/').map(decodeURIComponent)
    const subscribed = subscriptions.route(call, account)
    if (subscribed) return subscribed
    if (first !== 'payments') return refuse(404, '요청하신 주소를 찾을 수 없습니다.')
    if (second === 'prepare') return prepare(call, account, third)
    if (second === 'cancel' && call.method === 'POST') return cancel(call, own)
    if (call.method !== 'GET') return refuse(405, 'Method Not Allowed')
    if (second === 'find' || second === 'findAll') return find(call, own, second, third, fourth)
    const entry = own.find(({ wire }) => wire.imp_uid === second)
    if (!entry) return unknownPayment()
    if (entry.wire.sandbox && call.query.get('include_sandbox') !== 'true') return unknownPayment()
    return answer(wireOf(entry))
  }

  function prepare({ method, body }: Call, account: string, named: string): Response {
    const merchantUid = named || String(body.merchant_uid ?? '')
    const key = `${account} ${merchantUid}`
    const known = records.prepared.get(key)
    const preparedResponse = () => {
      const held = records.prepared.get(key)
      return answer(held && { merchant_uid: merchantUid, amount: held.amount, currency: held.currency })
    }
    if (method === 'GET') return known ? preparedResponse() : answer(null)
    if (method === 'POST' && known) return refuse(200, '이미 등록된 merchant_uid입니다.', 1)
    if (method === 'PUT' && !known) return refuse(404, '등록된 사전정보를 찾을 수 없습니다.')
    const currency = typeof body.currency === 'string' ? body.currency : null
    records.prepared.set(key, { amount: Number(body.amount), currency })
    return preparedResponse()
  }

  function find({ query }: Call, own: Entry[], how: string, merchantUid: string, status: string): Response {
    const sorting = query.get('sorting') ?? '-started'
    const field = `${sorting.replace('-', '').replace('updated', 'started')}_at` as 'started_at' | 'paid_at'
    const order = sorting.startsWith('-') ? -1 : 1
    const found = own
      .filter(({ wire }) => wire.merchant_uid === merchantUid && (!status || wire.status === status))
      .sort((one, other) => order * (one.wire[field] - other.wire[field]))
    if (found.length === 0) return unknownPayment()
    if (how === 'find') return answer(found[0] && wireOf(found[0]))
    const page = Number(query.get('page') ?? 1)
    const limit = Number(query.get('limit') ?? 20)
    if (!(limit >= 1 && limit <= 1000 && page >= 1)) return refuse(400, '잘못된 요청입니다.')
    const from = (page - 1) * limit
    return answer({
      total: found.length,
      previous: page - 1,
      next: from + limit < found.length ? page + 1 : 0,
      list: found.slice(from, from + limit).map(wireOf),
    })
  }

  function cancel({ body }: Call, own: Entry[]): Response {
    const entry = own.find(({ wire }) =>
      body.imp_uid
        ? wire.imp_uid === body.imp_uid
        : wire.merchant_uid === body.merchant_uid && wire.paid_at > 0,
    )
    if (!entry) return refuse(200, '취소할 결제건이 존재하지 않습니다.', 1)
    const number = (value: unknown) => (value === undefined || value === '' ? undefined : Number(value))
    const request = {
      amount: number(body.amount),
      checksum: number(body.checksum),
      reason: String(body.reason ?? ''),
      account: body.refund_account ? String(body.refund_account) : undefined,
    }
    const why = refund(entry, 'edge', request, seconds())
    return why ? refuse(200, why, 1) : answer(wireOf(entry))
  }
}

const wireOf = ({ wire, overrides: lies }: Entry) => ({ ...wire, ...lies })

async function readBody(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return Object.fromEntries(new URLSearchParams(text))
  }
}
