import { z } from 'zod'
import type { CardAttempt } from '../../../contract/cards/card-view.ts'
import type { Attempt } from '../../../contract/links/checkout.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { visitorSchema } from '../../features/page-view/visitor.ts'
import { type Settlement, settle } from '../../features/settlement/settle.ts'
import { deliverInBackground } from '../../features/webhooks/deliver-in-background.ts'
import { dropEmpty } from '../../http/request/drop-empty.ts'
import { findById, languageOf } from '../../http/request/page-request.ts'
import { readFields } from '../../http/request/read-fields.ts'
import { json, pageError } from '../../http/response/page-response.ts'
import { impUidPattern } from '../../iamport/payment.ts'

export const settleSchema = z.object({
  // The SDK's callback is forwarded unchecked: a value that is not text counts as absent.
  imp_uid: z.preprocess(
    (uid) => (typeof uid === 'string' ? uid : undefined),
    z.string().regex(impUidPattern, { error: "imp_uid must be an id of i'mport" }).optional(),
  ),
  visitor: visitorSchema,
})

/** `POST /links/{id}/settle`: the outcome of the customer's attempt, as i'mport reports it. */
export async function handleSettle(context: AppContext, request: Request, path: string): Promise<Response> {
  const link = await findById(context, path)
  if (!link) return pageError({ reason: 'not_found' })
  const { id } = link
  const body = await readFields(request, settleSchema, dropEmpty)
  if (!body.ok) return body.refusal

  const { imp_uid, visitor } = body.fields
  const language = languageOf(request, link)
  const known = imp_uid === undefined ? knownOutcome(link) : undefined
  if (known && (await context.rateLimiter.take('done_link', id)) > 0)
    return json({ ...(await viewFor(context, link, { language })), attempt: known })
  const settlement = await settle(context, link, imp_uid)
  context.metrics.settled('page', settlement.ok ? settlement.attempt.outcome : settlement.reason)
  deliverInBackground(context)
  if (!settlement.ok) return pageError({ reason: settlement.reason })
  const attempt = await markPreliminary(context, link, settlement)
  const settled = (await context.store.findLink(id)) ?? link
  const { outcome } = attempt
  const isKnown = outcome !== 'registered' && !('so_far' in attempt)
  const tried = isKnown ? { outcome, imp_uid, visitor } : undefined
  const view = await viewFor(context, settled, { language, tried })
  return json({ ...view, attempt })
}

/** Final outcome of a link, answered without i'mport: pages ask on every load, i'mport once every few minutes. */
function knownOutcome({ status, paid_elsewhere }: Link): Attempt | undefined {
  if (status === 'paid' || status === 'refunded') return { outcome: status }
  return status === 'open' && paid_elsewhere ? { outcome: 'foreign', same: true } : undefined
}

/** Marks an outcome without a charge as preliminary (`so_far`) while an approval may still follow. */
async function markPreliminary(
  { store }: AppContext,
  link: Link,
  { attempt, isDecided }: Extract<Settlement, { ok: true }>,
): Promise<CardAttempt> {
  switch (attempt.outcome) {
    case 'declined':
    case 'cancelled': {
      const mayFollow = !isDecided || (await store.mayBeApproved(link, { opened: true }))
      return mayFollow ? { ...attempt, so_far: true } : attempt
    }
    case 'none':
    case 'started':
    case 'ignored':
    case 'foreign': {
      const mayFollow = !isDecided || (await store.mayBeApproved(link, { opened: false }))
      return mayFollow ? { ...attempt, so_far: true } : attempt
    }
    default:
      return attempt
  }
}
