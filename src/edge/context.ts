import type { Settings } from './config/settings.ts'
import type { Iamport } from './iamport/client.ts'
import type { Logger } from './platform/observability/logger.ts'
import type { Metrics } from './platform/observability/metrics.ts'
import type { Database } from './platform/ports/database.ts'
import type { LinkWatcher } from './platform/ports/link-watcher.ts'
import type { Mailer, SmsSender } from './platform/ports/messaging.ts'
import type { PageRenderer } from './platform/ports/page-renderer.ts'
import type { RateLimiter } from './platform/ports/rate-limiter.ts'
import type { Store } from './store/store.ts'

export interface DocsFile {
  body: BodyInit
  type: string
}

/** Dependencies that a host provides. Optional ones have a default or switch off a feature. */
export interface AppDeps {
  settings: Settings
  database: Database
  /** For requests to i'mport. */
  fetch: typeof fetch
  /**
   * For URLs named by merchants. Follows no redirects, and rejects private addresses (`AddressRejected`) unless
   * EVENTS_ALLOW_PRIVATE is set.
   */
  safeFetch: typeof fetch
  /** Waits before a call to i'mport is retried; by default 0.1 to 0.4 seconds. */
  retryDelay?: () => Promise<void>
  /** Unix milliseconds. */
  now: () => number
  /** SHA-256 in hexadecimal. Defaults to Web Crypto, which is slower because it uses another thread. */
  digest?: (text: string) => string | Promise<string>
  /** Fills the array with cryptographically secure random bytes and returns it. */
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array
  page: PageRenderer
  log: Logger
  /** Reads a file of swagger-ui-dist. */
  docs?: (file: string) => Promise<DocsFile | undefined>
  rateLimiter?: RateLimiter
  metrics?: Metrics
  mailer?: Mailer
  smsSender?: SmsSender
  /** Without it, pages poll. */
  linkWatcher?: LinkWatcher
  /** Remote address of the connection. @param env as passed to `app.fetch` */
  peerOf?: (env: unknown) => string | undefined
  /** Keeps the process alive for work that outlasts the response (Workers' `waitUntil`). */
  waitUntil?: (work: Promise<unknown>) => void
  /**
   * On Cloudflare Workers I/O ends with the request that started it, so requests must not wait for each other's.
   * By default concurrent requests share pending calls.
   */
  isolatesRequests?: boolean
}

/** Passed to every route and job: the dependencies with defaults, and the clients built from them. */
export interface AppContext extends AppDeps {
  store: Store
  iamport: Iamport
  rateLimiter: RateLimiter
  metrics: Metrics
  linkWatcher: LinkWatcher
}
