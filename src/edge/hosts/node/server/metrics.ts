// What the edge counts, in Prometheus' words.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../../../platform/observability/metrics.ts'
import { DatabaseUnavailable } from '../../../platform/ports/database.ts'
import type { Backlog } from '../../../store/queues/backlog.ts'

export interface MetricsRegistry {
  metrics: Metrics
  /** Asks for what is not counted but looked up, then writes all of it. */
  text(): Promise<string>
  contentType: string
}

interface Sources {
  readBacklog: (now: number) => Promise<Backlog>
  streams: () => number
  now: () => number
}

export function createMetricsRegistry({ readBacklog, streams, now }: Sources): MetricsRegistry {
  const registers = [new Registry()] as const
  const [registry] = registers
  collectDefaultMetrics({ register: registry })
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers: [...registers] })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [...registers] })
  const histogram = (name: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers: [...registers] })

  const settles = counter('dari_settles_total', 'Settles, by door and outcome', ['door', 'outcome'])
  const messaged = counter('dari_messages_total', 'Attempts at messages to customers', [
    'channel',
    'kind',
    'outcome',
  ])
  const limited = counter('dari_limited_total', 'Requests above a limit', ['limit'])
  const reported = counter('dari_csp_reports_total', 'What browsers blocked on the page', ['directive'])
  const windowFailures = counter(
    'dari_window_failures_total',
    'Payment windows that did not open because the set-up or the provider failed',
    ['code'],
  )
  const upstream = histogram(
    'dari_upstream_seconds',
    "Exchanges with i'mport",
    ['call', 'result'],
    [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  )
  const requests = histogram(
    'dari_http_seconds',
    'Requests by route',
    ['method', 'route', 'status'],
    [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10],
  )
  const waiting = gauge('dari_events_waiting', 'Events not delivered yet')
  const eventAge = gauge('dari_event_oldest_seconds', 'Age of the oldest event that waits; 0: none')
  const messages = gauge('dari_messages_waiting', 'Messages to customers whose time has come, not sent yet')
  const messageAge = gauge('dari_message_oldest_seconds', 'For how long the oldest of them waits; 0: none')
  const checkoutAge = gauge('dari_checkout_oldest_seconds', 'Age of the oldest unfinished checkout; 0: none')
  const open = gauge('dari_streams', 'Open live streams')
  const reached = gauge('dari_database_up', 'Whether the database answered; 0: what waits in it is not known')

  return {
    metrics: {
      settled: (door, outcome) => settles.inc({ door, outcome }),
      calledUpstream: (call, result, seconds) => upstream.observe({ call, result }, seconds),
      responded: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
      messaged: (channel, kind, outcome) => messaged.inc({ channel, kind, outcome }),
      limited: (limit) => limited.inc({ limit }),
      reported: (directive) => reported.inc({ directive }),
      windowFailed: (code) => windowFailures.inc({ code }),
    },
    async text() {
      const at = now()
      const backlog = await readBacklog(at).catch((error: unknown) => {
        if (error instanceof DatabaseUnavailable) return undefined
        throw error
      })
      reached.set(backlog ? 1 : 0)
      const age = (since: number | null | undefined) =>
        since === undefined ? NaN : since === null ? 0 : Math.max(0, at - since) / 1000
      waiting.set(backlog?.waitingEvents ?? NaN)
      eventAge.set(age(backlog?.oldestEventAt))
      messages.set(backlog?.waitingMessages ?? NaN)
      messageAge.set(age(backlog?.oldestMessageAt))
      checkoutAge.set(age(backlog?.oldestCheckoutAt))
      open.set(streams())
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
