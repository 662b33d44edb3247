import type { CardView } from '../../../contract/cards/card-view.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import type { AppContext } from '../../context.ts'
import { gatewaysOf } from '../../domain/gateways/gateway-scripts.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { pageHeaders } from '../../http/middleware/security-headers.ts'
import { findById, languageOf, pageBase } from '../../http/request/page-request.ts'
import { cacheUnknown } from '../../http/response/cache-control.ts'

/** `GET /{id}` and `GET /{id}/return`: the page as one HTML document, in every status of the link. */
export async function handlePage(
  context: AppContext,
  request: Request,
  id: string,
  returning: boolean,
): Promise<Response> {
  const link = await findById(context, id)
  const language = languageOf(request, link)
  const view = link ? await viewFor(context, link, { visitor: undefined, language }) : null
  const hasCardForm = isCardFormView(view)
  const { html, scriptSources } = context.page.render({
    view,
    language,
    returning,
    url: `${pageBase(context, request)}/${id}`,
  })
  const gateways = link ? gatewaysOf(link.methods) : []
  return new Response(html, {
    status: link ? 200 : 404,
    headers: {
      ...pageHeaders(context.settings, scriptSources, {
        framedBy: view?.extras?.embed,
        firstPartyOnly: hasCardForm,
        gateways,
        opensPaymentWindow: view !== null && !hasCardForm,
      }),
      // A return from a gateway is never cached.
      ...(!link && !returning && { 'cache-control': cacheUnknown(id) }),
    },
  })
}

/** Links with a card form allow no third-party script, in any status. */
const isCardFormView = (view: LinkView | CardView | null) =>
  view !== null && 'card' in view && view.card.form !== undefined
