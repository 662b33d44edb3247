// Settings come in as plain text (environment variables, Workers bindings) and go on as one precise value.
// Names, meanings and defaults: design §7.

import { isLoopbackHost } from '../platform/network/local-host.ts'
import { checkLiveSettings } from './check-live-settings.ts'
import { chooseMode, unusedInSandbox } from './choose-mode.ts'
import type { TrustProxy } from './client-address.ts'
import { readChoice, readFlag, readHttpUrl, readSecret, readTrustProxy, readWhole } from './env-values.ts'
import { type Merchant, readMerchants, readSandboxEvents, sandboxMerchant } from './merchants.ts'
import { type MessageSettings, readMessageSettings } from './message-settings.ts'
import { readPortone } from './portone-fields.ts'
import { readSdkHosts, type SdkHosts } from './sdk-hosts.ts'

export interface Settings {
  /** No merchant is configured: the pretend i'mport answers. */
  sandbox: boolean
  /** Names of settings that are set, and that a sandbox does not use. */
  unusedSettings: string[]
  port: number
  host: string | undefined
  /** Where this process reaches itself. */
  selfUrl: string
  /** Base of `shortenedUrl`, without a slash at the end. */
  publicUrl: string
  /** Sandbox without PUBLIC_URL: the page lives wherever it was asked for, so that a phone on the LAN finds back. */
  followsRequestOrigin: boolean
  /** Where i'mport reaches notice and confirm. */
  edgeUrl: string
  databaseUrl: string
  /** Connections to PostgreSQL that one process has at most. */
  databasePool: number
  merchants: Merchant[]
  tokenSecret: string
  iamportApiUrl: string
  /** Absolute, or root-relative in sandbox mode. */
  iamportSdkUrl: string
  linkAuth: 'required' | 'open'
  latePayment: 'keep' | 'refund'
  /** Both null in sandbox mode, whatever is set: it sends nothing to the outside. */
  messages: MessageSettings
  retentionDays: number
  logLevel: string
  /** Events and notices may go to private addresses. */
  eventsAllowPrivate: boolean
  /** The merchant's API answers this computer alone, because nobody else may have requests sent to private addresses. */
  apiIsLoopbackOnly: boolean
  /** Null: the connection's own address counts. */
  trustProxy: TrustProxy | null
  sdkHosts: SdkHosts
  /** `report`: the browser tells what it would have blocked, and blocks nothing. */
  trustedTypes: 'enforce' | 'report'
  /** Null: no port of its own. */
  metricsPort: number | null
  metricsHost: string
  /** Opens `/metrics` on the main port. Null: it is not there. */
  metricsToken: string | null
}

export type Env = Record<string, string | undefined>

interface Given {
  /** Text of the file that MERCHANTS_FILE names. */
  merchantsFile?: string | undefined
  /** Signs tokens in sandbox mode, where no TOKEN_SECRET is needed. */
  randomSecret: string
  /** False: this host has no pretend i'mport beside it. */
  hasSandbox?: boolean
}

/** @returns the settings, or every problem as one line that names its setting. */
export function parseSettings(
  env: Env,
  { merchantsFile, randomSecret, hasSandbox = true }: Given,
): { ok: true; settings: Settings } | { ok: false; problems: string[] } {
  const problems: string[] = []
  const given = (name: string) => env[name]?.trim() || undefined
  const wanted = given('SANDBOX')
  const asked = wanted === undefined ? undefined : readFlag('SANDBOX', wanted, false, problems)
  if (problems.length > 0) return { ok: false, problems }
  const mode = chooseMode(env, asked, hasSandbox)
  // What else would be wrong depends on the mode.
  if (!mode.ok) return { ok: false, problems: [mode.problem] }
  const { sandbox } = mode
  const unusedSettings = sandbox ? unusedInSandbox.filter(given) : []
  const take = (name: string) => (unusedSettings.includes(name) ? undefined : given(name))
  const merchants = sandbox
    ? [{ ...sandboxMerchant, ...readSandboxEvents(given, problems), ...readPortone(take, problems) }]
    : readMerchants(take, merchantsFile, problems)

  const port = readWhole('PORT', take('PORT'), 3000, 1, 65_535, problems)
  const publicUrl = readHttpUrl('PUBLIC_URL', take('PUBLIC_URL'), `http://localhost:${port}`, problems)
  const tokenSecret = take('TOKEN_SECRET') ?? (sandbox ? randomSecret : '')
  if (tokenSecret.length < 32)
    problems.push('TOKEN_SECRET must be at least 32 characters; it signs access tokens')

  const sdkDefault = sandbox ? '/sandbox/v1/iamport.js' : 'https://cdn.iamport.kr/v1/iamport.js'
  // A server on one address only is reached there, from within as well.
  const host = take('HOST')
  const self = host && !['0.0.0.0', '::'].includes(host) ? host : '127.0.0.1'
  // A sandbox on one's own computer is tried out with a shop on the same computer.
  const isAtHome = sandbox && !mode.asked && isLoopbackHost(self)
  const selfUrl = `http://${self.includes(':') ? `[${self}]` : self}:${port}`
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
    databasePool: readWhole('DATABASE_POOL', take('DATABASE_POOL'), 10, 1, 1000, problems),
    // A shop to try out the frame lives beside the sandbox, at /docs/embed-example.
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
    retentionDays: readWhole('RETENTION_DAYS', take('RETENTION_DAYS'), 90, 1, 36_500, problems),
    eventsAllowPrivate: readFlag('EVENTS_ALLOW_PRIVATE', take('EVENTS_ALLOW_PRIVATE'), isAtHome, problems),
    apiIsLoopbackOnly: isAtHome && !take('EVENTS_ALLOW_PRIVATE'),
    trustProxy: readTrustProxy('TRUST_PROXY', take('TRUST_PROXY'), problems),
    sdkHosts: readSdkHosts(take, problems),
    trustedTypes: readChoice('TRUSTED_TYPES', take('TRUSTED_TYPES'), ['enforce', 'report'], problems),
    metricsPort: readWhole('METRICS_PORT', take('METRICS_PORT'), null, 1, 65_535, problems),
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
