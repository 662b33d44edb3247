import type { CardView } from '../../../contract/cards/card-view.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import type { Room } from '../../context.ts'
import { gatewaysOf } from '../../domain/gateways/gateway-scripts.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { pageHeaders } from '../../http/middleware/security-headers.ts'
import { findById, languageOf, pageBase } from '../../http/request/page-request.ts'
import { keepUnknown } from '../../http/response/cache-control.ts'

/** `GET /{id}` and `GET /{id}/return`: the bill as one document, whatever became of it. */
export async function page(room: Room, request: Request, id: string, returning: boolean): Promise<Response> {
  const link = await findById(room, id)
  const language = languageOf(request, link)
  const view = link ? await viewFor(room, link, { visitor: undefined, language }) : null
  const alone = takesCard(view)
  const { html, scriptSources } = room.page.render({
    view,
    language,
    returning,
    url: `${pageBase(room, request)}/${id}`,
  })
  const gateways = link ? gatewaysOf(link.methods) : []
  return new Response(html, {
    status: link ? 200 : 404,
    headers: {
      ...pageHeaders(room.settings, scriptSources, {
        framedBy: view?.extras?.embed,
        alone,
        gateways,
        pays: view !== null && !alone,
      }),
      // Who comes back from a gateway is answered anew, whatever we know.
      ...(!link && !returning && { 'cache-control': keepUnknown(id) }),
    },
  })
}

/** A card is typed into this page: whatever becomes of the link, no script of anybody else's runs on it. */
const takesCard = (view: LinkView | CardView | null) =>
  view !== null && 'card' in view && view.card.form !== undefined
