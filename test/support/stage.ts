// Real processes: the sandbox in one, edges on one database in others, so that an edge can be killed alone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Gateway, gatewayAt } from './gateway.ts'
import { type MerchantClient, merchantAt } from './merchant.ts'
import { type Server, startServer } from './server.ts'

export interface Stage {
  sandbox: Server
  edges: Server[]
  gateway: Gateway
  merchant: MerchantClient
  /** DATABASE_URL of the edges. */
  database: string
  /** Path of the database, if it is a file. */
  file: string
  /** A client for the edge, with the merchant's keys. */
  merchantOf: (edge: Server) => MerchantClient
  /** Starts an edge; `port` replaces a stopped one, `database` overrides the shared one. */
  startEdge: (port?: number, database?: string) => Promise<Server>
  /** Settings of the edges. */
  env: Record<string, string>
  close: () => Promise<void>
}

interface StageOptions {
  edges: number
  /** By default a new file. */
  database?: string | undefined
  /** The merchant's webhook URL. */
  eventsUrl?: string | undefined
  /** Replaces the URL of the sandbox's REST API, for instance by a proxy. */
  apiUrl?: ((sandbox: string) => string | Promise<string>) | undefined
  env?: Record<string, string> | undefined
  /** Further settings of the merchant. */
  merchant?: Record<string, unknown> | undefined
}

export async function raiseStage({
  edges,
  eventsUrl,
  apiUrl,
  env,
  merchant: more,
  ...options
}: StageOptions): Promise<Stage> {
  const sandbox = await startServer()
  const folder = mkdtempSync(join(tmpdir(), 'dari-stage-'))
  const merchants = join(folder, 'merchants.json')
  const merchant = {
    user_code: 'imp00000000',
    imp_key: 'sandbox',
    imp_secret: 'sandbox',
    sandbox: true,
    ...more,
    ...(eventsUrl ? { events_url: eventsUrl, events_secret: `whsec_${'c2VjcmV0'.repeat(4)}` } : {}),
  }
  writeFileSync(merchants, JSON.stringify([merchant]))
  const file = join(folder, 'dari.db')
  const database = options.database ?? `file:${file}`
  const iamport = `${sandbox.url}/sandbox/api`
  const shared: Record<string, string> = {
    MERCHANTS_FILE: merchants,
    TOKEN_SECRET: 'a-secret-of-more-than-thirty-two-characters',
    DATABASE_URL: database,
    IAMPORT_API_URL: apiUrl ? await apiUrl(iamport) : iamport,
    IAMPORT_SDK_URL: `${sandbox.url}/sandbox/v1/iamport.js`,
    TRUST_PROXY: 'x-forwarded-for:1',
    EVENTS_ALLOW_PRIVATE: 'true',
    ...env,
  }
  const running: Server[] = []
  const startEdge = async (port?: number, elsewhere = database) => {
    const place = { ...(port && { PORT: String(port) }), DATABASE_URL: elsewhere }
    const edge = await startServer({ ...shared, ...place })
    running.push(edge)
    return edge
  }
  const started = await Promise.all(Array.from({ length: edges }, () => startEdge()))
  const [first] = started
  if (!first) throw new Error('a stage needs an edge')
  return {
    sandbox,
    edges: started,
    gateway: gatewayAt(`${sandbox.url}/sandbox`),
    merchant: merchantAt(first.url),
    merchantOf: ({ url }) => merchantAt(url),
    database,
    file,
    startEdge,
    env: shared,
    async close() {
      await Promise.all([sandbox, ...running].map((server) => server.stop('SIGKILL')))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
