import type { CardAttempt } from '../../../contract/cards/card-view.ts'
import type { RateLimitName } from '../ports/rate-limits.ts'

/** What triggered the settlement. */
export type SettlementSource = 'page' | 'notice' | 'reconciler' | 'card'

/** Counters and timers; the host exports them. Every label has few values, none of them personal. */
export interface Metrics {
  /** Counts a settlement. `upstream_unavailable`: i'mport did not answer, nothing changed. */
  settled(source: SettlementSource, outcome: CardAttempt['outcome'] | 'upstream_unavailable'): void
  /** Times one call to i'mport, including its access token. */
  calledUpstream(call: string, result: 'ok' | 'unreachable' | 'not_found' | 'refused', seconds: number): void
  /** Times one response. `route` is the pattern, never the path. */
  responded(method: string, route: string, status: number, seconds: number): void
  /** Counts an attempt to send a message to a customer. `again`: it will be retried. */
  messaged(
    channel: 'email' | 'phone',
    kind: 'link' | 'reminder' | 'receipt',
    outcome: 'sent' | 'again' | 'failed',
  ): void
  /** Counts a request that hit a rate limit. */
  limited(name: RateLimitName | 'live'): void
  /** Counts a Content Security Policy report. */
  reported(directive: string): void
  /** Counts an SDK failure before a payment window opened. */
  windowFailed(code: 'NOT_READY' | 'F400' | 'F500' | 'F1001' | 'SDK_ERROR' | 'other'): void
}

export const noMetrics: Metrics = {
  settled() {},
  calledUpstream() {},
  responded() {},
  messaged() {},
  limited() {},
  reported() {},
  windowFailed() {},
}
