// Responses while the database is unavailable, in the format of each API, with Retry-After.
import type { Context } from 'hono'
import type { AppContext } from '../../context.ts'
import { languageOf } from '../request/page-request.ts'
import { isMerchantPath, merchantError } from '../response/merchant-response.ts'
import { pageError } from '../response/page-response.ts'
import { isPortonePath, portoneError } from '../response/portone-response.ts'
import { pageHeaders } from './security-headers.ts'

/** Seconds, for API clients. */
const retryAfter = 5
/** Seconds, for pages, which reload themselves. */
const reloadAfter = 10

const message = 'the service cannot reach its database at the moment; send the same request again'

export function serviceUnavailable(context: AppContext, c: Context): Response {
  const { path, method } = c.req
  if (isPortonePath(path)) return portoneError({ status: 503, code: '5000', message, retryAfter })
  if (isMerchantPath(path)) return merchantError({ status: 503, message, retryAfter })
  const page = /^\/[^/]+(\/return)?$/.exec(path)
  return page && method === 'GET' ? document(context, c, page[1] !== undefined) : asJson()
}

const asJson = () => pageError({ reason: 'unavailable', retry_after: retryAfter })

/** Without scripts. The link's merchant is unknown, so every merchant's origins may frame it. */
function document({ settings, page }: AppContext, c: Context, returning: boolean): Response {
  const shops = settings.merchants.flatMap(({ embed_origins = [] }) => embed_origins)
  const html = page.renderUnavailable({ language: languageOf(c.req.raw, undefined), returning })
  return new Response(html, {
    status: 503,
    headers: {
      ...pageHeaders(settings, [], { framedBy: shops }),
      'retry-after': String(reloadAfter),
      // Reloads the same URL, including the gateway's query parameters.
      refresh: String(reloadAfter),
    },
  })
}
