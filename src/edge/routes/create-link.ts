import { z } from 'zod'
import { makeLinkId } from '../../contract/link-id.ts'
import { hashContent } from '../content-hash.ts'
import { deliverSoon } from '../deliver-soon.ts'
import type { Room } from '../deps.ts'
import { authenticate, knowsTier } from '../doors/authenticate.ts'
import { refuse, refuseFields } from '../doors/merchant-answers.ts'
import { readBody } from '../doors/read-body.ts'
import { readLink } from '../doors/read-link.ts'
import type { Link, LinkContent } from '../link.ts'
import { makeRandomId } from '../random-id.ts'
import { placeLink } from '../rules/supersede.ts'
import { tellMerchant } from '../tell.ts'

export const createdSchema = z.object({
  shortenedUrl: z.url().meta({ example: 'https://pay.example/8kq2m4x7r0vbn3tz5w' }),
})

const refusals = {
  paid: 'merchant_uid is paid already',
  awaiting_deposit:
    'merchant_uid has a virtual account that waits for its deposit: disable that link first to make a different one',
}

/** `POST /api/supplements/v1/link/payment` */
export async function createLink(room: Room, request: Request): Promise<Response> {
  const auth = await authenticate(room, request, true)
  if (!auth.ok) return refuse(auth.refusal)
  const body = await readBody(request, 'json')
  if (!body.ok) return refuse(body)
  const { merchant, tier } = auth.caller
  const read = readLink(body.value, tier ?? '', room.now())
  if (!read.ok) return refuseFields(read.problems)
  const { content } = read

  const owner = room.settings.merchants.find(({ user_code }) => user_code === content.user_code)
  if (merchant && merchant.user_code !== content.user_code) {
    const message = 'user_code is not the merchant of the access token'
    return refuse({ status: 403, message, errors: [{ path: 'user_code', message }] })
  }
  if (!owner) return refuseFields([{ path: 'user_code', message: 'user_code is not a merchant here' }])
  if (!knowsTier(owner, tier))
    return refuseFields([{ path: 'Tier', message: 'Tier is not a sub-merchant of this merchant' }])
  return place(room, content)
}

async function place(room: Room, content: LinkContent): Promise<Response> {
  const content_hash = await hashContent(content, room.digest)
  // A lost race means that the order has a newer link now: look again.
  for (let race = 0; race < 8; race++) {
    const now = room.now()
    const placement = placeLink(await room.store.findOrder(content), content_hash, now)
    if (placement.do === 'refuse') {
      const message = refusals[placement.reason]
      return refuse({ status: 409, message, errors: [{ path: 'merchant_uid', message }] })
    }
    if (placement.do === 'reuse') return created(room, placement.link.id)
    const link: Link = {
      ...content,
      id: makeLinkId(room.random),
      status: 'open',
      move_id: makeRandomId(room.random),
      content_hash,
      created_at: now,
      ended_at: null,
      payment: null,
    }
    const { older } = placement
    const end = older && {
      link: older,
      at: now,
      status: 'disabled' as const,
      payment: null,
      why: 'superseded',
    }
    const told = end ? tellMerchant(room, { type: 'link.disabled', ...end }) : []
    if (!(await room.store.createLink(link, older, told))) continue
    if (told.length > 0) deliverSoon(room)
    room.log.info({ event: 'link.created', link: link.id, superseded: older?.id })
    return created(room, link.id)
  }
  return refuse({ status: 409, message: 'merchant_uid is being posted many times at once: try again' })
}

function created({ settings }: Room, id: string): Response {
  const shortenedUrl = `${settings.publicUrl}/${id}`
  return Response.json({ shortenedUrl }, { headers: { 'cache-control': 'no-store' } })
}
