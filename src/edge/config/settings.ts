// Parses settings (environment variables, Workers bindings) once at start-up. docs/guides/settings.md describes each.

import { isLoopbackHost } from '../platform/network/local-host.ts'
import { checkLiveSettings } from './check-live-settings.ts'
import { chooseMode, unusedInSandbox } from './choose-mode.ts'
import type { TrustProxy } from './client-address.ts'
import { readChoice, readFlag, readHttpUrl, readInteger, readSecret, readTrustProxy } from './env-values.ts'
import { type Merchant, readMerchants, readSandboxEvents, sandboxMerchant } from './merchants.ts'
import { type MessageSettings, readMessageSettings } from './message-settings.ts'
import { readPortone } from './portone-fields.ts'
import { readSdkHosts, type SdkHosts } from './sdk-hosts.ts'

export interface Settings {
  /** Simulates i'mport; no money moves. */
  sandbox: boolean
  /** Names of settings that are set but ignored in sandbox mode. */
  unusedSettings: string[]
  port: number
  host: string | undefined
  /** URL at which this process reaches itself. */
  selfUrl: string
  /** Base of payment links, without a trailing slash. */
  publicUrl: string
  /** Sandbox without PUBLIC_URL: links use the request's origin, so that a phone on the LAN can follow them. */
  followsRequestOrigin: boolean
  /** Base URL at which i'mport calls notice and confirm. */
  edgeUrl: string
  databaseUrl: string
  /** Maximum PostgreSQL connections per process. */
  databasePool: number
  merchants: Merchant[]
  tokenSecret: string
  iamportApiUrl: string
  /** Absolute, or root-relative in sandbox mode. */
  iamportSdkUrl: string
  linkAuth: 'required' | 'open'
  latePayment: 'keep' | 'refund'
  /** Both null in sandbox mode, which sends no messages. */
  messages: MessageSettings
  retentionDays: number
  logLevel: string
  /** Events and notices may go to private addresses. */
  eventsAllowPrivate: boolean
  /** The merchant API accepts loopback connections only, because its users can make the edge call private addresses. */
  apiIsLoopbackOnly: boolean
  /** Null: uses the connection's address. */
  trustProxy: TrustProxy | null
  sdkHosts: SdkHosts
  /** `report`: violations are reported, not blocked. */
  trustedTypes: 'enforce' | 'report'
  /** Null: metrics have no separate port. */
  metricsPort: number | null
  metricsHost: string
  /** Token for `/metrics` on the main port. Null: not served there. */
  metricsToken: string | null
}

export type Env = Record<string, string | undefined>

interface SettingsInput {
  /** Contents of the file that MERCHANTS_FILE names. */
  merchantsFile?: string | undefined
  /** Signs tokens in sandbox mode if TOKEN_SECRET is not set. */
  randomSecret: string
  /** False: this host cannot run the sandbox. */
  hasSandbox?: boolean
}

/** @returns the settings, or all problems, one line each that names the setting */
export function parseSettings(
  env: Env,
  { merchantsFile, randomSecret, hasSandbox = true }: SettingsInput,
): { ok: true; settings: Settings } | { ok: false; problems: string[] } {
  const problems: string[] = []
  const setting = (name: string) => env[name]?.trim() || undefined
  const sandboxSetting = setting('SANDBOX')
  const sandboxRequested =
    sandboxSetting === undefined ? undefined : readFlag('SANDBOX', sandboxSetting, false, problems)
  if (problems.length > 0) return { ok: false, problems }
  const mode = chooseMode(env, sandboxRequested, hasSandbox)
  // Further checks depend on the mode.
  if (!mode.ok) return { ok: false, problems: [mode.problem] }
  const { sandbox } = mode
  const unusedSettings = sandbox ? unusedInSandbox.filter(setting) : []
  const take = (name: string) => (unusedSettings.includes(name) ? undefined : setting(name))
  const merchants = sandbox
    ? [{ ...sandboxMerchant, ...readSandboxEvents(setting, problems), ...readPortone(take, problems) }]
    : readMerchants(take, merchantsFile, problems)

  const port = readInteger('PORT', take('PORT'), 3000, 1, 65_535, problems)
  const publicUrl = readHttpUrl('PUBLIC_URL', take('PUBLIC_URL'), `http://localhost:${port}`, problems)
  const tokenSecret = take('TOKEN_SECRET') ?? (sandbox ? randomSecret : '')
  if (tokenSecret.length < 32)
    problems.push('TOKEN_SECRET must be at least 32 characters; it signs access tokens')

  const sdkDefault = sandbox ? '/sandbox/v1/iamport.js' : 'https://cdn.iamport.kr/v1/iamport.js'
  // Bound to a single address, the server is reachable at that address only.
  const host = take('HOST')
  const selfHost = host && !['0.0.0.0', '::'].includes(host) ? host : '127.0.0.1'
  // A local sandbox is tried out with a shop on the same computer, at a private address.
  const isLocalSandbox = sandbox && !mode.isExplicit && isLoopbackHost(selfHost)
  const selfUrl = `http://${selfHost.includes(':') ? `[${selfHost}]` : selfHost}:${port}`
  const apiDefault = sandbox ? `${selfUrl}/sandbox/api` : 'https://api.iamport.kr'
  const sdk = take('IAMPORT_SDK_URL')
  const settings: Settings = {
    sandbox,
    unusedSettings,
    port,
    host,
    selfUrl,
    publicUrl,
    followsRequestOrigin: sandbox && !take('PUBLIC_URL'),
    edgeUrl: readHttpUrl('EDGE_URL', take('EDGE_URL'), publicUrl, problems),
    databaseUrl: take('DATABASE_URL') ?? 'file:data/dari.db',
    databasePool: readInteger('DATABASE_POOL', take('DATABASE_POOL'), 10, 1, 1000, problems),
    // /docs/embed-example embeds links from the sandbox's own origin.
    merchants: sandbox
      ? merchants.map((merchant) => ({ ...merchant, embed_origins: ownOrigins(publicUrl, port) }))
      : merchants,
    tokenSecret,
    iamportApiUrl: readHttpUrl('IAMPORT_API_URL', take('IAMPORT_API_URL'), apiDefault, problems),
    iamportSdkUrl:
      sdk === undefined || /^\/[^/]/.test(sdk)
        ? (sdk ?? sdkDefault)
        : readHttpUrl('IAMPORT_SDK_URL', sdk, sdkDefault, problems),
    linkAuth: readChoice('LINK_AUTH', take('LINK_AUTH'), ['required', 'open'], problems),
    latePayment: readChoice('LATE_PAYMENT', take('LATE_PAYMENT'), ['keep', 'refund'], problems),
    messages: readMessageSettings(take, problems),
    logLevel: readChoice(
      'LOG_LEVEL',
      take('LOG_LEVEL'),
      ['info', 'debug', 'warn', 'error', 'silent'],
      problems,
    ),
    retentionDays: readInteger('RETENTION_DAYS', take('RETENTION_DAYS'), 90, 1, 36_500, problems),
    eventsAllowPrivate: readFlag(
      'EVENTS_ALLOW_PRIVATE',
      take('EVENTS_ALLOW_PRIVATE'),
      isLocalSandbox,
      problems,
    ),
    apiIsLoopbackOnly: isLocalSandbox && !take('EVENTS_ALLOW_PRIVATE'),
    trustProxy: readTrustProxy('TRUST_PROXY', take('TRUST_PROXY'), problems),
    sdkHosts: readSdkHosts(take, problems),
    trustedTypes: readChoice('TRUSTED_TYPES', take('TRUSTED_TYPES'), ['enforce', 'report'], problems),
    metricsPort: readInteger('METRICS_PORT', take('METRICS_PORT'), null, 1, 65_535, problems),
    metricsHost: take('METRICS_HOST') ?? '127.0.0.1',
    metricsToken: readSecret('METRICS_TOKEN', take('METRICS_TOKEN'), 16, problems),
  }
  const openToAll = readFlag('LINK_AUTH_OPEN_TO_ALL', take('LINK_AUTH_OPEN_TO_ALL'), false, problems)
  if (!sandbox) problems.push(...checkLiveSettings(settings, openToAll))
  return problems.length > 0 ? { ok: false, problems } : { ok: true, settings }
}

function ownOrigins(publicUrl: string, port: number): string[] {
  const at = [publicUrl, `http://localhost:${port}`, `http://127.0.0.1:${port}`]
  return [...new Set(at.map((url) => new URL(url).origin))]
}
