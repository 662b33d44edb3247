import type { AppContext } from '../../context.ts'
import { reportLinks } from '../../features/links/report-links.ts'
import { authenticate } from '../../http/request/authenticate.ts'
import { findMerchantLink } from '../../http/request/find-merchant-link.ts'
import { merchantError } from '../../http/response/merchant-response.ts'

/** `GET /api/supplements/v1/link/payment/{id}` */
export async function handleReadLink(context: AppContext, request: Request, id: string): Promise<Response> {
  const auth = await authenticate(context, request, false)
  if (!auth.ok) return merchantError(auth.refusal)
  const link = await findMerchantLink(context, id, auth.caller)
  if (!link) return merchantError({ status: 404, message: 'no such link' })
  const [report] = await reportLinks(context, [link])
  return Response.json(report, { headers: { 'cache-control': 'no-store' } })
}
