import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { isLinkId } from '../../contract/link-id.ts'
import type { Room } from '../deps.ts'

const looks = ['GET', 'HEAD', 'OPTIONS']

/**
 * Every request with its route's pattern, its link and what came of it. Never the address as it was sent:
 * a path or a query may hold anything.
 */
export function observe({ meter, log }: Room): MiddlewareHandler {
  return async function observeRequest(c, next) {
    const began = performance.now()
    await next()
    const ms = performance.now() - began
    const { method } = c.req
    const pattern = routePath(c, -1)
    const route = pattern.includes('*') ? 'none' : pattern
    const { status } = c.res
    meter.answered(method, route, status, ms / 1000)
    const link = c.req.path.split('/').find(isLinkId)
    const entry = { event: 'request', request: c.get('requestId'), method, route, status, ms: Math.round(ms) }
    log[looks.includes(method) ? 'debug' : 'info']({ ...entry, ...(link && { link }) })
  }
}
