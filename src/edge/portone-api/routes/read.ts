import type { Room } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import type { GlobalMerchant } from '../../features/webhooks/portone-merchant.ts'
import { findById } from '../../http/request/page-request.ts'
import { answerGlobal, type GlobalRefusal, refuseGlobal } from '../../http/response/portone-response.ts'
import { authenticateGlobal } from '../authenticate.ts'
import { reportGlobal } from '../report.ts'

export const noSuchLink: GlobalRefusal = { status: 404, code: '4083', message: 'no such payment link' }

/** A global link of the merchant; another's, and one of the other API, is as good as none. */
export async function findGlobalLink(
  room: Room,
  ref: string,
  merchant: GlobalMerchant,
): Promise<Link | undefined> {
  const link = await findById(room, ref)
  return link?.global && link.user_code === merchant.user_code ? link : undefined
}

/** The link as it is now. */
export async function answerLink(
  room: Room,
  link: Link,
  wrap: (report: object) => object,
): Promise<Response> {
  const global = await room.store.findGlobal(link.id)
  if (!global) return refuseGlobal(noSuchLink)
  return answerGlobal(wrap(reportGlobal(link, global, room.settings.publicUrl, room.now())))
}

/** `GET /api/paymentLink/{ref}`, and `/status`, whose clients read `content.link`. */
export async function readGlobalLink(
  room: Room,
  request: Request,
  ref: string,
  address: string,
  form: 'link' | 'status',
): Promise<Response> {
  const auth = await authenticateGlobal(room, request, address)
  if (!auth.ok) return refuseGlobal(auth.refusal)
  const link = await findGlobalLink(room, ref, auth.merchant)
  if (!link) return refuseGlobal(noSuchLink)
  return answerLink(room, link, (report) => (form === 'link' ? report : { content: { link: report } }))
}
