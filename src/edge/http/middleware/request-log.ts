import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { isLinkId } from '../../../contract/links/link-id.ts'
import type { AppContext } from '../../context.ts'
import type { LogEntry } from '../../platform/observability/logger.ts'

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

/**
 * Logs every request with its route pattern, link and status. Never the raw URL: path and query may hold personal
 * data.
 */
export function logRequests(context: AppContext): MiddlewareHandler {
  return async function observeRequest(c, next) {
    const startedAt = performance.now()
    await next()
    const pattern = routePath(c, -1)
    logAnswer(context, {
      request: c.get('requestId'),
      method: c.req.method,
      route: pattern.includes('*') ? 'none' : pattern,
      status: c.res.status,
      ms: performance.now() - startedAt,
      link: c.req.path.split('/').find(isLinkId),
    })
  }
}

export interface AnsweredRequest {
  request: string
  method: string
  route: string
  status: number
  ms: number
  link: string | undefined
}

export function logAnswer(
  { metrics, log }: Pick<AppContext, 'metrics' | 'log'>,
  { request, method, route, status, ms, link }: AnsweredRequest,
): void {
  metrics.responded(method, route, status, ms / 1000)
  const entry: LogEntry = { event: 'request', request, method, route, status, ms: Math.round(ms) }
  if (link) entry.link = link
  log[safeMethods.includes(method) ? 'debug' : 'info'](entry)
}
