// Limits stand before the routes: what is above them costs neither a page nor a call to i'mport.
import type { Context, MiddlewareHandler, Next } from 'hono'
import type { AppContext } from '../../context.ts'
import type { RateLimitName } from '../../platform/ports/rate-limits.ts'
import { findById, isPossibleId, languageOf } from '../request/page-request.ts'
import { pageError } from '../response/page-response.ts'
import { pageHeaders } from './security-headers.ts'

type Answer = (c: Context, seconds: number) => Response

const asJson: Answer = (_, seconds) => pageError({ reason: 'too_many_requests', retry_after: seconds })

export function createRateLimits(context: AppContext) {
  const { rateLimiter, metrics, log } = context

  const asPage: Answer = (c, seconds) => {
    const language = languageOf(c.req.raw, undefined)
    return new Response(context.page.renderTooMany({ language, seconds }), {
      status: 429,
      headers: { ...pageHeaders(context.settings, []), 'retry-after': String(seconds) },
    })
  }

  function refuse(c: Context, name: RateLimitName, seconds: number, answer: Answer): Response {
    metrics.limited(name)
    log.debug({ event: 'request.limited', limit: name, request: c.get('requestId') })
    return answer(c, seconds)
  }

  /** At most so many, known link or not. */
  function each(name: RateLimitName, keyOf: (address: string, id: string) => string): MiddlewareHandler {
    return async function limitEach(c, next) {
      const wait = await rateLimiter.take(name, keyOf(c.get('address'), c.req.param('id') ?? ''))
      return wait > 0 ? refuse(c, name, wait, asJson) : next()
    }
  }

  /** What no link can be called is neither looked for nor counted. */
  async function possibleIds(c: Context, next: Next): Promise<Response | undefined> {
    if (!isPossibleId(c.req.param('id') ?? '')) return pageError({ reason: 'not_found' })
    await next()
    return undefined
  }

  /**
   * Only unknown ids are counted and refused: a customer behind the same carrier's address as
   * somebody who tries ids pays all the same.
   */
  function unknownIds(answer: Answer): MiddlewareHandler {
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
