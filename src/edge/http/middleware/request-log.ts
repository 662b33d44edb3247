import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { isLinkId } from '../../../contract/links/link-id.ts'
import type { AppContext } from '../../context.ts'
import type { LogEntry } from '../../platform/observability/logger.ts'

const looks = ['GET', 'HEAD', 'OPTIONS']

/**
 * Every request with its route's pattern, its link and what came of it. Never the address as it was sent:
 * a path or a query may hold anything.
 */
export function logRequests(context: AppContext): MiddlewareHandler {
  return async function observeRequest(c, next) {
    const began = performance.now()
    await next()
    const pattern = routePath(c, -1)
    logAnswer(context, {
      request: c.get('requestId'),
      method: c.req.method,
      route: pattern.includes('*') ? 'none' : pattern,
      status: c.res.status,
      ms: performance.now() - began,
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
  log[looks.includes(method) ? 'debug' : 'info'](entry)
}
