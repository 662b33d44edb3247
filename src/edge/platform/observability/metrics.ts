import type { CardAttempt } from '../../../contract/cards/card-view.ts'
import type { RateLimitName } from '../ports/rate-limits.ts'

/** By which way the news of a payment came. */
export type SettlementSource = 'page' | 'notice' | 'reconciler' | 'card'

/** What is worth counting. A host turns it into metrics; every label has few values, and none is personal. */
export interface Metrics {
  /** `upstream_unavailable`: i'mport could not be asked, nothing changed. */
  settled(door: SettlementSource, outcome: CardAttempt['outcome'] | 'upstream_unavailable'): void
  /** One exchange with i'mport, its token included. `reason` is that of the failed answer. */
  asked(call: string, result: 'ok' | 'unreachable' | 'not_found' | 'refused', seconds: number): void
  /** `route`: the pattern, never the address. */
  answered(method: string, route: string, status: number, seconds: number): void
  /** An attempt at a message to a customer. `again`: it is tried once more, later. */
  messaged(
    channel: 'email' | 'phone',
    kind: 'link' | 'reminder' | 'receipt',
    outcome: 'sent' | 'again' | 'failed',
  ): void
  limited(name: RateLimitName | 'live'): void
  /** The browser blocked something on our page. */
  reported(directive: string): void
  /** The SDK failed before a payment window opened. */
  windowFailed(code: 'NOT_READY' | 'F400' | 'F500' | 'F1001' | 'SDK_ERROR' | 'other'): void
}

export const noMetrics: Metrics = {
  settled() {},
  asked() {},
  answered() {},
  messaged() {},
  limited() {},
  reported() {},
  windowFailed() {},
}
