import { siteOf } from '../../config/client-address.ts'
import type { Room } from '../../context.ts'
import { mayBeCharged } from '../../domain/links/grant-checkout.ts'
import type { Link } from '../../domain/links/link.ts'
import { sendCard } from '../../features/cards/send-card.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { accountOf } from '../../features/settlement/settle.ts'
import type { Registering } from '../../features/settlement/settle-card.ts'
import { deliverSoon } from '../../features/webhooks/deliver-in-background.ts'
import { warnOfLimit } from '../../http/middleware/warn.ts'
import { findById } from '../../http/request/page-request.ts'
import { readBody } from '../../http/request/read-body.ts'
import { failCard } from '../../http/response/card-response.ts'
import { answer, fail } from '../../http/response/page-response.ts'
import { readCard } from '../link-request/card-request.ts'

const hasForm = (link: Link | undefined): link is Registering => link?.registration?.form === true

/**
 * `POST /links/{id}/card`: registers the card, and charges it where the link says so. No other origin may
 * ask: the answer to a page elsewhere carries no CORS header, and JSON is nothing that a form can send.
 */
export async function registerCard(
  room: Room,
  request: Request,
  id: string,
  address: string,
): Promise<Response> {
  const wait = await waitForCards(room, address)
  if (wait > 0) return fail({ reason: 'too_many_requests', retry_after: wait })
  const link = await findById(room, id)
  if (!hasForm(link)) return fail({ reason: 'not_found' })
  const body = await readBody(request, 'json')
  if (!body.ok) return fail({ reason: 'bad_request', message: body.message }, body.status)
  const read = readCard(body.value, room.now())
  if (!read.ok) {
    await countRefusedCard(room, address)
    return fail({ reason: 'bad_request', message: 'wrong fields', errors: read.problems })
  }
  if (!mayBeCharged(link, room.now())) return notOpen(room, link)
  const account = accountOf(room, link)
  if (!account?.merchant.card_form) return fail({ reason: 'upstream_unavailable' })
  const sent = await sendCard(room, account, link, read.card, read.visitor)
  if (!sent.ok && 'ended' in sent) return notOpen(room, (await room.store.findLink(id)) ?? link)
  if (!sent.ok) return failCard(sent.failure)
  // Only what comes to nothing counts: behind one address there may be a carrier's customers.
  if (sent.attempt.outcome === 'declined') await countRefusedCard(room, address)
  room.meter.settled('card', sent.attempt.outcome)
  deliverSoon(room)
  const settled = (await room.store.findLink(id)) ?? link
  return answer({ ...(await viewFor(room, settled)), attempt: sent.attempt })
}

const notOpen = async (room: Room, link: Link) =>
  failCard({ reason: 'not_open', view: await viewFor(room, link) })

/** @returns seconds until a card may come from there again; 0: it may */
async function waitForCards(room: Room, address: string): Promise<number> {
  const site = siteOf(address)
  const ofAddress = await room.limiter.look('card', address)
  if (ofAddress > 0) await warnOfLimit(room, 'card')
  const ofSite = site === undefined ? 0 : await room.limiter.look('card_site', site)
  if (ofSite > 0) await warnOfLimit(room, 'card_site')
  return Math.max(ofAddress, ofSite)
}

async function countRefusedCard({ limiter }: Room, address: string): Promise<void> {
  const site = siteOf(address)
  await limiter.take('card', address)
  if (site !== undefined) await limiter.take('card_site', site)
}
