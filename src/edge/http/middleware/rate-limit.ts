// Rate limiting, before the routes: a refused request renders no page and does not call i'mport.
import type { Context, MiddlewareHandler, Next } from 'hono'
import type { AppContext } from '../../context.ts'
import type { RateLimitName } from '../../platform/ports/rate-limits.ts'
import { findById, isPossibleId, languageOf } from '../request/page-request.ts'
import { pageError } from '../response/page-response.ts'
import { pageHeaders } from './security-headers.ts'

type RespondLimited = (c: Context, seconds: number) => Response

const asJson: RespondLimited = (_, seconds) =>
  pageError({ reason: 'too_many_requests', retry_after: seconds })

export function createRateLimits(context: AppContext) {
  const { rateLimiter, metrics, log } = context

  const asPage: RespondLimited = (c, seconds) => {
    const language = languageOf(c.req.raw, undefined)
    return new Response(context.page.renderTooMany({ language, seconds }), {
      status: 429,
      headers: { ...pageHeaders(context.settings, []), 'retry-after': String(seconds) },
    })
  }

  function refuse(c: Context, name: RateLimitName, seconds: number, answer: RespondLimited): Response {
    metrics.limited(name)
    log.debug({ event: 'request.rate_limited', limit: name, request: c.get('requestId') })
    return answer(c, seconds)
  }

  /** Limits every request, whether its link exists or not. */
  function each(name: RateLimitName, keyOf: (address: string, id: string) => string): MiddlewareHandler {
    return async function limitEach(c, next) {
      const wait = await rateLimiter.take(name, keyOf(c.get('address'), c.req.param('id') ?? ''))
      return wait > 0 ? refuse(c, name, wait, asJson) : next()
    }
  }

  /** 404 without a query for ids that no link can have; not counted. */
  async function possibleIds(c: Context, next: Next): Promise<Response | undefined> {
    if (!isPossibleId(c.req.param('id') ?? '')) return pageError({ reason: 'not_found' })
    await next()
    return undefined
  }

  /**
   * Counts and refuses only unknown ids, so that customers who share an address (of a mobile carrier) with an
   * attacker can still pay.
   */
  function unknownIds(answer: RespondLimited): MiddlewareHandler {
    return async function limitUnknownIds(c, next) {
      const id = c.req.param('id') ?? ''
      if (!isPossibleId(id)) return next()
      const address = c.get('address')
      const wait = await rateLimiter.peek('unknown_id', address)
      if (wait > 0 && !(await findById(context, id))) return refuse(c, 'unknown_id', wait, answer)
      await next()
      if (c.res.status === 404) await rateLimiter.take('unknown_id', address)
    }
  }

  return { possibleIds, each, unknownJson: unknownIds(asJson), unknownPage: unknownIds(asPage) }
}
