// A shop with its edge, its database and its i'mport, in one process.

import { createApp } from '../../../src/edge/app.ts'
import { type Env, parseSettings } from '../../../src/edge/config/settings.ts'
import type { AppDeps } from '../../../src/edge/context.ts'
import type { LogEntry } from '../../../src/edge/platform/observability/logger.ts'
import type { Database } from '../../../src/edge/platform/ports/database.ts'
import { queries } from '../../../src/edge/store/sql/tables.ts'
import { openTestDatabase, type TestDatabase } from '../../support/test-database.ts'
import { createFakeIamport } from './fake-iamport.ts'
import { start } from './start.ts'

export { start }

const merchants = [
  {
    user_code: 'imp11111111',
    imp_key: 'key',
    imp_secret: 'secret',
    confirm: true,
    name: { ko: '상점', en: 'Shop' },
    contact: '02-1',
  },
  { user_code: 'imp22222222', imp_key: 'other', imp_secret: 'other', tiers: ['A01'] },
  { user_code: 'imp33333333', imp_key: 'key3', imp_secret: 'secret3', sandbox: true },
]

/** @param first fields of the first merchant besides its keys */
export function settingsOf(env: Env = {}, first: Record<string, unknown> = {}) {
  const [shop, ...others] = merchants
  const file = JSON.stringify([{ ...shop, ...first }, ...others])
  const parsed = parseSettings(
    {
      PUBLIC_URL: 'https://pay.example',
      MERCHANTS_FILE: 'merchants.json',
      TOKEN_SECRET: 'a secret of at least thirty-two characters',
      IAMPORT_API_URL: 'https://iamport.test',
      ...env,
    },
    { merchantsFile: file, randomSecret: 'r'.repeat(32) },
  )
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.settings
}

export function openShop({
  env = {},
  place,
  database = openTestDatabase(place),
  iamport = createFakeIamport(),
  merchant = {},
  parts = {},
}: {
  env?: Env
  /** Shops at the same place share a database. */
  place?: string | undefined
  database?: TestDatabase
  iamport?: ReturnType<typeof createFakeIamport>
  merchant?: Record<string, unknown>
  /** Further dependencies of a host. */
  parts?: Partial<AppDeps>
} = {}) {
  const clock = { now: start }
  const log: LogEntry[] = []
  const keep = (entry: LogEntry) => void log.push(entry)
  const deps: AppDeps = {
    settings: settingsOf(env, merchant),
    database,
    fetch: iamport.fetch,
    safeFetch: iamport.fetch,
    retryDelay: async () => {},
    now: () => clock.now,
    random: (bytes) => crypto.getRandomValues(bytes),
    page: {
      render: ({ view, language, returning, url }) => ({
        html: JSON.stringify({ view, language, returning, url }),
        scriptSources: ["'sha256-abc'"],
      }),
      renderTooMany: (input) => JSON.stringify(input),
      renderUnavailable: (input) => JSON.stringify(input),
    },
    log: { debug: keep, info: keep, warn: keep, error: keep },
    docs: async (name) => (name === 'swagger-ui.css' ? { body: '/**/', type: 'text/css' } : undefined),
    ...parts,
  }
  const app = createApp(deps)
  iamport.state.now = () => clock.now

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await app.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const params = path.endsWith('/checkout') ? parse(text)?.params : undefined
    if (params) {
      const custom_data = JSON.stringify(params.custom_data)
      iamport.windows.set(params.merchant_uid, { custom_data, started_at: Math.floor(clock.now / 1000) })
    }
    return { status: response.status, headers: response.headers, json: parse(text), text }
  }

  async function letCustomerIn(id: string, merchant_uid: string): Promise<void> {
    await letIn(deps.database, id, clock.now)
    const started_at = Math.floor(clock.now / 1000) + 30
    iamport.windows.set(merchant_uid, { custom_data: markOf(id), started_at })
  }

  async function signIn(imp_key = 'key', imp_secret = 'secret'): Promise<string> {
    const { json } = await send('POST', '/users/getToken', { imp_key, imp_secret })
    return json.response.access_token as string
  }

  const asMerchant = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const token = await signIn()
    return send(method, `/api/supplements/v1/link/payment${path}`, body, { authorization: token, ...headers })
  }

  return {
    app,
    deps,
    clock,
    log,
    database,
    iamport,
    send,
    signIn,
    letCustomerIn,
    asMerchant,
    /** Creates an order and returns its link's id; its customer has opened the window. */
    async makeLink(order: Record<string, unknown> = {}): Promise<string> {
      const { status, json, text } = await asMerchant('POST', '', anOrder(order))
      if (status !== 200) throw new Error(text)
      const id = String(json.shortenedUrl).split('/').at(-1) ?? ''
      await letCustomerIn(id, String(order.merchant_uid ?? 'order-1'))
      return id
    },
    view: async (id: string) => (await send('GET', `/links/${id}`)).json,
    settle: async (id: string, imp_uid?: string) =>
      send('POST', `/links/${id}/settle`, imp_uid ? { imp_uid } : {}),
  }
}

const permissionOf = (linkId: string) => Buffer.from(linkId).toString('hex').slice(0, 32)

/** The custom_data of the window of `letIn`, as upstream returns it. */
export const markOf = (linkId: string) => JSON.stringify({ dari_checkout: permissionOf(linkId) })

/** Inserts an ended checkout permission, so that the reconciler has nothing to wait for. */
export async function letIn(database: Database, linkId: string, now: number): Promise<void> {
  const query = queries
    .insertInto('checkouts')
    .values({
      id: permissionOf(linkId),
      link_id: linkId,
      method_key: 'm1',
      granted_at: now,
      holds_until: now + 600_000,
      visitor: null,
      opened_at: null,
      ended_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
  await database.batch([query.compile()])
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what each test checks
function parse(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A valid order of a merchant. */
export function anOrder(differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: '다리 상점',
    user_code: 'imp11111111',
    amount: 10000,
    merchant_uid: 'order-1',
    name: '사과 5kg',
    currency: 'KRW',
    buyer_tel: '',
    notice_url: 'https://shop.example/notice',
    pay_methods: [
      { pg: 'html5_inicis', pay_method: 'card', label: '신용카드' },
      { pg: 'kakaopay', pay_method: 'kakaopay', label: { ko: '카카오페이', en: 'Kakao Pay' } },
      { pg: 'html5_inicis', pay_method: 'vbank', label: '가상계좌' },
    ],
    expired_at: start / 1000 + 3600,
    ...differences,
  }
}
