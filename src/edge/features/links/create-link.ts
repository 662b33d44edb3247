// Creates the link of an order, for both APIs.
import { makeLinkId } from '../../../contract/links/link-id.ts'
import type { AppContext } from '../../context.ts'
import type { Link, LinkContent } from '../../domain/links/link.ts'
import type { PortoneLink } from '../../domain/links/portone-link.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { newRegistration } from '../../store/cards/registration-row.ts'
import type { MessageRequest } from '../messages/message-request.ts'
import { planMessages } from '../messages/plan-messages.ts'
import { buildEvents } from '../webhooks/build-events.ts'
import { deliverInBackground } from '../webhooks/deliver-in-background.ts'
import { decideSuccession } from './supersede.ts'

export type CreateLinkResult<Reason extends string = never> =
  | { ok: true; id: string }
  | { ok: false; reason: 'paid' | 'awaiting_deposit' | 'registered' | 'busy' | Reason }

/** The latest link of an order wins: an older one with different content is disabled. */
export async function createLink(
  context: AppContext,
  content: LinkContent,
  content_hash: string,
  older: 'may replace',
): Promise<CreateLinkResult<'name_taken'>>
/** An order has one link for ever, which may carry data of the global API and messages. */
export async function createLink(
  context: AppContext,
  content: LinkContent,
  content_hash: string,
  older: 'never replace',
  carried: Omit<PortoneLink, 'link_id'>,
  messageRequest: MessageRequest | undefined,
): Promise<CreateLinkResult<'duplicate' | 'ref_taken'>>
export async function createLink(
  context: AppContext,
  content: LinkContent,
  content_hash: string,
  mode: 'may replace' | 'never replace',
  carried?: Omit<PortoneLink, 'link_id'>,
  messageRequest?: MessageRequest,
): Promise<CreateLinkResult<'duplicate' | 'ref_taken' | 'name_taken'>> {
  // A conflict means that the order got a newer link meanwhile: decide again.
  for (let attempt = 0; attempt < 8; attempt++) {
    const now = context.now()
    const decision = decideSuccession(await context.store.findOrder(content), content_hash, now)
    if (decision.do === 'refuse') return { ok: false, reason: decision.reason }
    if (decision.do === 'reuse') return { ok: true, id: decision.link.id }
    const { older } = decision
    if (older && mode === 'never replace') return { ok: false, reason: 'duplicate' }
    if (carried?.ref && (await context.store.findLinkByRef(carried.ref)))
      return { ok: false, reason: 'ref_taken' }
    if (await context.store.hasRival(content, now)) return { ok: false, reason: 'name_taken' }
    const { registration, ...bill } = content
    const link: Link = {
      ...bill,
      id: makeLinkId(context.random),
      status: 'open',
      move_id: makeRandomId(context.random),
      content_hash,
      created_at: now,
      ended_at: null,
      payment: null,
      ...(carried && { global: true }),
      ...(registration && { registration: newRegistration(registration) }),
    }
    const end = older && {
      link: older,
      at: now,
      status: 'disabled' as const,
      payment: null,
      why: 'superseded',
    }
    const events = end ? await buildEvents(context, { type: 'link.disabled', ...end }) : []
    const portoneLink = carried && { link_id: link.id, ...carried }
    const path = carried?.ref ?? link.id
    const messages = await planMessages(context.settings, messageRequest, { ...link, path }, now)
    if (!(await context.store.insertLink(link, older, events, portoneLink, messages))) continue
    if (events.length > 0) deliverInBackground(context)
    context.log.info({ event: 'link.created', link: link.id, superseded: older?.id })
    return { ok: true, id: link.id }
  }
  return { ok: false, reason: 'busy' }
}
