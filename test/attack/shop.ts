// A shop with Dari in live mode: its server, its customers and its mock i'mport.
import { audit, type Statement, type Violation } from './audit.ts'
import type { Answer, Edge, EdgeOptions } from './edge/edge.ts'
import { startInProcess } from './edge/in-process.ts'
import { createReceivers, type EventBody, type Receivers } from './receivers.ts'
import type { Entry, Origin, WirePayment } from './upstream/records.ts'
import { createUpstream, type Params, type Upstream } from './upstream/upstream.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The key of the origin mark in `custom_data`. */
export const markKey = 'dari_checkout'

export interface Attempt {
  outcome: string
  so_far?: boolean
  why?: string
  returned?: boolean
  same?: boolean
}

/** The page's view of a link. */
export interface View {
  status: string
  amount: number
  unsettled?: boolean
  paid_elsewhere?: boolean
  receipt?: { receipt_url: string | null; method: unknown; pay_method: string | null; returned: number }
  attempt?: Attempt
  reason?: string
}

/** The merchant's report of a link. */
export interface Report {
  id: string
  status: string
  amount: number
  currency: string
  imp_uid: string | null
  returned: number
  late: boolean
  rejected?: { imp_uid: string; why: string; amount: number; returned: boolean | number }[]
  foreign?: { imp_uid: string }[]
  history: { to: string; why: string; imp_uid: string | null }[]
}

export interface Link {
  id: string
  order: string
  /** `user_code` of its merchant. */
  account: string
}

/** A granted permission to open a payment window. */
export interface Permission {
  link: Link
  visitor: string | undefined
  params: Params
  grantedAt: number
  holdsUntil: number
}

export interface OpenOptions {
  /** Fields changed by the browser's console or the gateway. */
  fields?: Partial<WirePayment>
  /** i'mport skips the comparison with the prepared amount. */
  unchecked?: boolean
  origin?: Origin
}

export interface ShopOptions {
  env?: Record<string, string>
  /** Further settings of the first merchant. */
  merchant?: Record<string, unknown>
  /** How far i'mport's clock is ahead of Dari's. */
  skewMs?: number
  /** For scenarios that restart the edge. */
  database?: string
  limited?: boolean
  /** Starts the edge elsewhere; by default it runs in this process. */
  start?: (options: EdgeOptions, clock: Clock) => Promise<Edge>
  /** Does not wait for work after the responses: it may hang. */
  skipIdle?: boolean
  /** Skips the audit. */
  skipAudit?: boolean
}

export interface Clock {
  now: number
}

export type OpenShop = (options?: ShopOptions) => Promise<Shop>

export interface Shop {
  edge: Edge
  upstream: Upstream
  receivers: Receivers
  clock: Clock
  links: Link[]
  permissions: Permission[]
  statements: Statement[]
  responses: { path: string; status: number }[]
  /** Sends a request of the first merchant, or of the other one. */
  asMerchant(method: string, path: string, body?: unknown, key?: 'key' | 'other'): Promise<Answer>
  post(order?: Record<string, unknown>): Promise<Link>
  disable(link: Link): Promise<Answer>
  report(link: Link): Promise<Report>
  view(link: Link): Promise<View>
  settle(link: Link, impUid?: string, visitor?: string): Promise<Answer & { view: View; attempt: Attempt }>
  requestCheckout(link: Link, visitor?: string, method?: string): Promise<Answer>
  checkout(link: Link, visitor?: string, method?: string): Promise<Permission>
  /** Opens a payment window. */
  open(permission: Permission, options?: OpenOptions): Promise<Entry>
  /** The normal flow: checkout, window, approval and notice. */
  pay(link: Link): Promise<Entry>
  notice(link: Link, body: unknown): Promise<Answer>
  /** Advances the clock and runs the background jobs. */
  advance(ms: number): Promise<void>
  events(type?: string, impUid?: string): EventBody[]
  /** Stops the edge gracefully and starts it again on the same database. */
  restart(): Promise<void>
  audit(): Promise<Violation[]>
  close(): Promise<void>
}

const shopCode = 'imp11111111'
const keyOf = ({ account }: Link) => (account === shopCode ? 'key' : 'other')
const accounts = [
  { user_code: shopCode, imp_key: 'key', imp_secret: 'a secret of the shop' },
  { user_code: 'imp22222222', imp_key: 'other', imp_secret: 'a secret of another' },
]
export const eventsSecret = 'the secret that signs this shop’s events'

/** Noon in Korea. */
const start = Date.UTC(2027, 2, 9, 3)
const api = '/api/supplements/v1/link/payment'

export const openShop: OpenShop = async (options = {}) => {
  const clock: Clock = { now: start }
  const receivers = createReceivers()
  const statements: Statement[] = []
  const links: Link[] = []
  const permissions: Permission[] = []
  const responses: Shop['responses'] = []
  const publicUrl = options.env?.PUBLIC_URL ?? 'https://pay.example'
  let orders = 0
  let edge: Edge

  async function request(...given: Parameters<Edge['request']>): Promise<Answer> {
    const answer = await edge.request(...given)
    responses.push({ path: given[1], status: answer.status })
    if (!options.skipIdle) await edge.idle()
    return answer
  }

  const upstream = createUpstream({
    accounts,
    now: () => clock.now,
    skewMs: options.skewMs ?? 0,
    async post(url, body) {
      if (url.startsWith(publicUrl)) return request('POST', url.slice(publicUrl.length), body)
      return receivers.handle(new Request(url, { method: 'POST', body: JSON.stringify(body) }))
    },
  })
  const edgeOptions: EdgeOptions = {
    env: environment(publicUrl, options),
    database: options.database ?? ':memory:',
    now: () => clock.now,
    iamport: upstream.handle,
    outgoing: receivers.handle,
    limited: options.limited ?? false,
  }
  const startEdge = async () =>
    options.start ? options.start(edgeOptions, clock) : startInProcess(edgeOptions)
  edge = await startEdge()

  const tokens = new Map<string, { token: string; until: number }>()
  async function tokenOf(key: string): Promise<string> {
    const held = tokens.get(key)
    if (held && held.until > clock.now) return held.token
    const account = accounts.find(({ imp_key }) => imp_key === key)
    const { json } = await request('POST', '/users/getToken', account)
    const token = (json as { response: { access_token: string } }).response.access_token
    tokens.set(key, { token, until: clock.now + 20 * minute })
    return token
  }

  const recordStatement = (order: string, view: View) => {
    const text = statementOf(view)
    if (text) statements.push({ order, at: clock.now, text })
  }

  const shop: Shop = {
    get edge() {
      return edge
    },
    upstream,
    receivers,
    clock,
    links,
    permissions,
    statements,
    responses,

    async asMerchant(method, path, body, key = 'key') {
      return request(method, `${api}${path}`, body, { authorization: await tokenOf(key) })
    },

    async post(order = {}) {
      orders += order.merchant_uid === undefined ? 1 : 0
      const body = anOrder(`order-${orders}`, clock.now, order)
      const answer = await shop.asMerchant('POST', '', body, body.user_code === shopCode ? 'key' : 'other')
      if (answer.status !== 200) throw new Error(`the link was not made: ${answer.text}`)
      const { shortenedUrl } = answer.json as { shortenedUrl: string }
      const link = {
        id: shortenedUrl.split('/').at(-1) ?? '',
        order: String(body.merchant_uid),
        account: body.user_code,
      }
      links.push(link)
      return link
    },

    disable: (link) => shop.asMerchant('PUT', `/${link.id}`, undefined, keyOf(link)),

    async report(link) {
      const { json, text } = await shop.asMerchant('GET', `/${link.id}`, undefined, keyOf(link))
      const report = (json as { response?: Report }).response ?? (json as Report)
      if (!report?.status) throw new Error(`no report: ${text}`)
      return report
    },

    async view(link) {
      const { json } = await request('GET', `/links/${link.id}`)
      recordStatement(link.order, json as View)
      return json as View
    },

    async settle(link, impUid, visitor) {
      const body = { ...(impUid && { imp_uid: impUid }), ...(visitor && { visitor }) }
      const answer = await request('POST', `/links/${link.id}/settle`, body)
      const view = (answer.json ?? {}) as View
      if (answer.status === 200) recordStatement(link.order, view)
      return { ...answer, view, attempt: view.attempt ?? { outcome: `HTTP ${answer.status}` } }
    },

    requestCheckout: (link, visitor, method = 'm1') =>
      request('POST', `/links/${link.id}/checkout`, { method, language: 'ko', ...(visitor && { visitor }) }),

    async checkout(link, visitor, method) {
      const { status, json, text } = await shop.requestCheckout(link, visitor, method)
      if (status !== 200) throw new Error(`no permission: ${status} ${text}`)
      const { params, holds_until } = json as { params: Params; holds_until: string }
      const permission = { link, visitor, params, grantedAt: clock.now, holdsUntil: Date.parse(holds_until) }
      permissions.push(permission)
      return permission
    },

    async open(permission, { fields, unchecked = false, origin } = {}) {
      const { account } = permission.link
      const by = {
        account,
        origin: origin ?? originOf(permission.params),
        permittedUntil: permission.holdsUntil,
      }
      const opened = upstream.open(permission.params, by, fields, !unchecked)
      if ('refused' in opened) throw new Error(`the window did not open: ${opened.refused}`)
      const { link, visitor } = permission
      if (visitor) await request('POST', `/links/${link.id}/opened`, { visitor })
      return opened
    },

    async pay(link) {
      const entry = await shop.open(await shop.checkout(link, 'avisitor'))
      await upstream.approve(entry)
      return entry
    },

    notice: (link, body) => request('POST', `/links/${link.id}/notice`, body),

    async advance(ms) {
      if (options.start) {
        // A server process runs its background jobs by itself.
        clock.now += ms
        await edge.idle()
        return
      }
      const from = clock.now
      const end = from + ms
      while (clock.now < end) {
        clock.now = Math.min(end, clock.now + stepAt(clock.now - from))
        await edge.work()
      }
    },

    events: (type, impUid) =>
      receivers.received
        .filter((post) => post.type !== undefined && (type === undefined || post.type === type))
        // Events are delivered at least once; the same ID is the same event.
        .filter(({ id }, at, all) => all.findIndex((other) => other.id === id) === at)
        .map(({ body }) => body as unknown as EventBody)
        .filter(({ data }) => impUid === undefined || data.payment?.imp_uid === impUid),

    async restart() {
      await edge.close()
      edge = await startEdge()
    },

    audit: async () => (options.skipAudit ? [] : audit(shop)),
    close: () => edge.close(),
  }
  return shop
}

function environment(publicUrl: string, { env, merchant }: ShopOptions): Record<string, string> {
  const [first, ...others] = accounts
  const events = { events_url: 'https://shop.example/events', events_secret: eventsSecret }
  return {
    PUBLIC_URL: publicUrl,
    TOKEN_SECRET: 'a secret of at least thirty-two characters',
    IAMPORT_API_URL: 'https://iamport.example',
    MERCHANTS: JSON.stringify([{ ...first, ...events, ...merchant }, ...others]),
    ...env,
  }
}

export function anOrder(merchantUid: string, now: number, differences: Record<string, unknown>) {
  return {
    title: '다리 상점',
    user_code: shopCode,
    amount: 10_000,
    merchant_uid: merchantUid,
    name: '사과 5kg',
    currency: 'KRW',
    buyer_tel: '010-1111-2222',
    expired_at: Math.floor((now + 12 * hour) / 1000),
    pay_methods: [
      { pg: 'html5_inicis.MOIshop001', pay_method: 'card', label: '신용카드' },
      { pg: 'html5_inicis.MOIshop001', pay_method: 'vbank', label: '가상계좌' },
    ],
    ...differences,
  }
}

/** Custom data that is not an object has no room for a mark. */
function originOf({ custom_data }: Params): Origin {
  if (custom_data === undefined) return 'window'
  return typeof custom_data === 'object' && custom_data !== null && !Array.isArray(custom_data)
    ? 'window'
    : 'unmarked'
}

/** @returns the statement that nothing was charged, if the response makes it */
function statementOf({ status, unsettled, attempt }: View): string | undefined {
  const undecided = ['declined', 'cancelled', 'none', 'started']
  if (attempt && undecided.includes(attempt.outcome) && !attempt.so_far) return `settle: ${attempt.outcome}`
  if ((status === 'expired' || status === 'disabled') && !unsettled && attempt?.outcome !== 'pending')
    return `view: ${status}`
  return undefined
}

/** Short steps first, then ever longer ones. */
function stepAt(passed: number): number {
  if (passed < 3 * minute) return 30_000
  if (passed < 15 * minute) return 2 * minute
  if (passed < 3 * hour) return 6 * minute
  return passed < 2 * day ? 30 * minute : 3 * hour
}
