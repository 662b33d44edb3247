// The database does not answer: every door says so in its own words, and when to come again.
import type { Context } from 'hono'
import type { AppContext } from '../../context.ts'
import { languageOf } from '../request/page-request.ts'
import { isMerchantPath, merchantError } from '../response/merchant-response.ts'
import { pageError } from '../response/page-response.ts'
import { isPortonePath, portoneError } from '../response/portone-response.ts'
import { pageHeaders } from './security-headers.ts'

/** Programs. Long enough that nobody hammers, short enough that nobody gives up. */
const retryAfter = 5
/** Documents, which load themselves anew. */
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

/** Words and no script. Whose link it is cannot be asked, so any shop may hold them in its frame. */
function document({ settings, page }: AppContext, c: Context, returning: boolean): Response {
  const shops = settings.merchants.flatMap(({ embed_origins = [] }) => embed_origins)
  const html = page.renderUnavailable({ language: languageOf(c.req.raw, undefined), returning })
  return new Response(html, {
    status: 503,
    headers: {
      ...pageHeaders(settings, [], { framedBy: shops }),
      'retry-after': String(reloadAfter),
      // The same address, with whatever the gateway put into it.
      refresh: String(reloadAfter),
    },
  })
}
