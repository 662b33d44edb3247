import type { AppContext } from '../../context.ts'
import type { LogEntry } from '../../platform/observability/logger.ts'
import type { RateLimitName } from '../../platform/ports/rate-limits.ts'

/** Logs a warning that anyone can cause; beyond a few a minute per `key` it is logged as debug. */
export async function warnRateLimited(
  { rateLimiter, log }: AppContext,
  key: string,
  entry: LogEntry,
): Promise<void> {
  const wait = await rateLimiter.take('warning', key)
  log[wait > 0 ? 'debug' : 'warn'](entry)
}

export async function warnOfRateLimit(context: AppContext, name: RateLimitName): Promise<void> {
  context.metrics.limited(name)
  await warnRateLimited(context, name, { event: 'request.rate_limited', limit: name })
}
