import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import type { PortoneMerchant } from '../../features/webhooks/portone-merchant.ts'
import { findById } from '../../http/request/page-request.ts'
import { type PortoneError, portoneError, portoneJson } from '../../http/response/portone-response.ts'
import { authenticatePortone } from '../authenticate.ts'
import { portoneReport } from '../report.ts'

export const noSuchLink: PortoneError = { status: 404, code: '4083', message: 'no such payment link' }

/** @returns undefined for links of other merchants or of the other API (answered as 404) */
export async function findPortoneLink(
  context: AppContext,
  ref: string,
  merchant: PortoneMerchant,
): Promise<Link | undefined> {
  const link = await findById(context, ref)
  return link?.global && link.user_code === merchant.user_code ? link : undefined
}

export async function portoneLinkResponse(
  context: AppContext,
  link: Link,
  wrap: (report: object) => object,
): Promise<Response> {
  const global = await context.store.findPortoneDetails(link.id)
  if (!global) return portoneError(noSuchLink)
  return portoneJson(wrap(portoneReport(link, global, context.settings.publicUrl, context.now())))
}

/** `GET /api/paymentLink/{ref}` and `/status`; clients of the latter read `content.link`. */
export async function handlePortoneRead(
  context: AppContext,
  request: Request,
  ref: string,
  address: string,
  form: 'link' | 'status',
): Promise<Response> {
  const auth = await authenticatePortone(context, request, address)
  if (!auth.ok) return portoneError(auth.refusal)
  const link = await findPortoneLink(context, ref, auth.merchant)
  if (!link) return portoneError(noSuchLink)
  return portoneLinkResponse(context, link, (report) =>
    form === 'link' ? report : { content: { link: report } },
  )
}
