import { routingPrefixOf } from '../../config/client-address.ts'
import type { AppContext } from '../../context.ts'
import { mayBeCharged } from '../../domain/links/grant-checkout.ts'
import type { Link } from '../../domain/links/link.ts'
import { sendCard } from '../../features/cards/send-card.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { accountOf } from '../../features/settlement/settle.ts'
import type { RegistrationLink } from '../../features/settlement/settle-card.ts'
import { deliverInBackground } from '../../features/webhooks/deliver-in-background.ts'
import { warnOfRateLimit } from '../../http/middleware/warn.ts'
import { findById } from '../../http/request/page-request.ts'
import { readBody } from '../../http/request/read-body.ts'
import { cardError } from '../../http/response/card-response.ts'
import { json, pageError } from '../../http/response/page-response.ts'
import { readCard } from '../link-request/card-request.ts'

const hasForm = (link: Link | undefined): link is RegistrationLink => link?.registration?.form === true

/**
 * `POST /links/{id}/card`: registers the card, and charges it if the link has an amount. Same-origin only: the
 * response carries no CORS header, and a form cannot send JSON.
 */
export async function handleRegisterCard(
  context: AppContext,
  request: Request,
  id: string,
  address: string,
): Promise<Response> {
  const wait = await waitForCards(context, address)
  if (wait > 0) return pageError({ reason: 'too_many_requests', retry_after: wait })
  const link = await findById(context, id)
  if (!hasForm(link)) return pageError({ reason: 'not_found' })
  const body = await readBody(request, 'json')
  if (!body.ok) return pageError({ reason: 'bad_request', message: body.message }, body.status)
  const read = readCard(body.value, context.now())
  if (!read.ok) {
    await countRefusedCard(context, address)
    return pageError({ reason: 'bad_request', message: 'wrong fields', errors: read.problems })
  }
  if (!mayBeCharged(link, context.now())) return notOpen(context, link)
  const account = accountOf(context, link)
  if (!account?.merchant.card_form) return pageError({ reason: 'upstream_unavailable' })
  const result = await sendCard(context, account, link, read.card, read.visitor)
  if (!result.ok && 'ended' in result) return notOpen(context, (await context.store.findLink(id)) ?? link)
  if (!result.ok) return cardError(result.failure)
  // Counts only declined cards, because customers of a mobile carrier share addresses.
  if (result.attempt.outcome === 'declined') await countRefusedCard(context, address)
  context.metrics.settled('card', result.attempt.outcome)
  deliverInBackground(context)
  const settled = (await context.store.findLink(id)) ?? link
  return json({ ...(await viewFor(context, settled)), attempt: result.attempt })
}

const notOpen = async (context: AppContext, link: Link) =>
  cardError({ reason: 'not_open', view: await viewFor(context, link) })

/** @returns seconds until the address may send a card again; 0: now */
async function waitForCards(context: AppContext, address: string): Promise<number> {
  const site = routingPrefixOf(address)
  const ofAddress = await context.rateLimiter.peek('card', address)
  if (ofAddress > 0) await warnOfRateLimit(context, 'card')
  const ofSite = site === undefined ? 0 : await context.rateLimiter.peek('card_site', site)
  if (ofSite > 0) await warnOfRateLimit(context, 'card_site')
  return Math.max(ofAddress, ofSite)
}

async function countRefusedCard({ rateLimiter }: AppContext, address: string): Promise<void> {
  const site = routingPrefixOf(address)
  await rateLimiter.take('card', address)
  if (site !== undefined) await rateLimiter.take('card_site', site)
}
