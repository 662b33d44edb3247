// Metrics in the Prometheus format.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../../../platform/observability/metrics.ts'
import { DatabaseUnavailable } from '../../../platform/ports/database.ts'
import type { Backlog } from '../../../store/queues/backlog.ts'

export interface MetricsRegistry {
  metrics: Metrics
  /** Reads the gauges from the database, then renders all metrics. */
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

  const settles = counter('dari_settles_total', 'Settlements by trigger and outcome', ['door', 'outcome'])
  const messaged = counter('dari_messages_total', 'Attempts to send messages to customers', [
    'channel',
    'kind',
    'outcome',
  ])
  const limited = counter('dari_limited_total', 'Rate-limited requests', ['limit'])
  const reported = counter(
    'dari_csp_reports_total',
    'Content-Security-Policy violations reported by browsers',
    ['directive'],
  )
  const windowFailures = counter(
    'dari_window_failures_total',
    'Payment windows that did not open because of the configuration or the provider',
    ['code'],
  )
  const upstream = histogram(
    'dari_upstream_seconds',
    "Duration of requests to i'mport",
    ['call', 'result'],
    [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10],
  )
  const requests = histogram(
    'dari_http_seconds',
    'Duration of requests by route',
    ['method', 'route', 'status'],
    [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10],
  )
  const waiting = gauge('dari_events_waiting', 'Events not delivered yet')
  const eventAge = gauge('dari_event_oldest_seconds', 'Age of the oldest undelivered event; 0: none')
  const messages = gauge('dari_messages_waiting', 'Due messages to customers that are not sent yet')
  const messageAge = gauge('dari_message_oldest_seconds', 'How long the oldest of them has been due; 0: none')
  const checkoutAge = gauge('dari_checkout_oldest_seconds', 'Age of the oldest unfinished checkout; 0: none')
  const openStreams = gauge('dari_streams', 'Open live streams')
  const databaseUp = gauge(
    'dari_database_up',
    '1 if the database answered; 0: the gauges read from it are NaN',
  )

  return {
    metrics: {
      settled: (source, outcome) => settles.inc({ door: source, outcome }),
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
      databaseUp.set(backlog ? 1 : 0)
      const age = (since: number | null | undefined) =>
        since === undefined ? NaN : since === null ? 0 : Math.max(0, at - since) / 1000
      waiting.set(backlog?.waitingEvents ?? NaN)
      eventAge.set(age(backlog?.oldestEventAt))
      messages.set(backlog?.waitingMessages ?? NaN)
      messageAge.set(age(backlog?.oldestMessageAt))
      checkoutAge.set(age(backlog?.oldestCheckoutAt))
      openStreams.set(streams())
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
