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

/** Everything the edge may ask of the world; a host brings it. */
export interface AppDeps {
  settings: Settings
  database: Database
  /** For i'mport. */
  fetch: typeof fetch
  /**
   * For addresses that a merchant named: follows no redirect, and refuses to connect to a private address
   * (`RefusedAddress`) unless EVENTS_ALLOW_PRIVATE says otherwise.
   */
  safeFetch: typeof fetch
  /** Waits before i'mport is asked the same once more; by default some tenths of a second. */
  retryDelay?: () => Promise<void>
  /** Unix milliseconds. */
  now: () => number
  /** SHA-256 of the text in hexadecimal; by default Web Crypto's, which goes to another thread for it. */
  digest?: (text: string) => string | Promise<string>
  /** Fills the bytes with cryptographic randomness and returns them. */
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array
  page: PageRenderer
  log: Logger
  /** Files of swagger-ui-dist by name. */
  docs?: (file: string) => Promise<DocsFile | undefined>
  /** Without: nothing is limited. */
  rateLimiter?: RateLimiter
  /** Without: nothing is counted. */
  metrics?: Metrics
  /** Without: no link can ask for e-mail. */
  mailer?: Mailer
  /** Without: no link can ask for SMS. */
  smsSender?: SmsSender
  /** Without: the page polls. */
  linkWatcher?: LinkWatcher
  /** The other end of the connection, from what the host hands to `app.fetch`. */
  peerOf?: (env: unknown) => string | undefined
  /** Keeps the process up until the work is done, beyond the answer (`waitUntil`). */
  waitUntil?: (work: Promise<unknown>) => void
  /**
   * What one request began ends with it: no other may wait for it, or count on its end (Cloudflare Workers).
   * By default requests share what they ask for.
   */
  isolatesRequests?: boolean
}

/** What routes work with: the deps, and what the app makes of them. */
export interface AppContext extends AppDeps {
  store: Store
  iamport: Iamport
  rateLimiter: RateLimiter
  metrics: Metrics
  linkWatcher: LinkWatcher
}
