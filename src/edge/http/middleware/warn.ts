import type { AppContext } from '../../context.ts'
import type { LogEntry } from '../../platform/observability/logger.ts'
import type { RateLimitName } from '../../platform/ports/rate-limits.ts'

/** A line about what anybody can cause: a few a minute for each `key`, so that nobody fills the log. */
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
  await warnRateLimited(context, name, { event: 'request.limited', limit: name })
}
