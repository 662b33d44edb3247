import { z } from 'zod'
import { languages } from '../../../contract/language.ts'
import { majorOf } from '../../../contract/money/money.ts'
import type { AppContext } from '../../context.ts'
import { grantCheckout } from '../../domain/links/grant-checkout.ts'
import type { Link } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { firstInquiryAt } from '../../domain/payments/reconcile-schedule.ts'
import { startRegistration } from '../../features/cards/start-registration.ts'
import { requestPayParams } from '../../features/links/request-pay.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { visitorSchema } from '../../features/page-view/visitor.ts'
import { accountOf } from '../../features/settlement/settle.ts'
import { findById, pageBase } from '../../http/request/page-request.ts'
import { readFields, unknownMethod } from '../../http/request/read-fields.ts'
import { cardError } from '../../http/response/card-response.ts'
import { json, pageError } from '../../http/response/page-response.ts'
import type { Account } from '../../iamport/client.ts'
import { describeFailure } from '../../iamport/describe-failure.ts'
import { makeRandomId } from '../../platform/random-id.ts'

export const checkoutSchema = z.object({
  method: z.string({ error: 'method is required' }).meta({ example: 'm1' }),
  language: z.enum(languages, { error: 'language must be ko or en' }),
  visitor: visitorSchema,
})

/** `POST /links/{id}/checkout`: grants a checkout, with the parameters for IMP.request_pay. */
export async function handleCheckout(context: AppContext, request: Request, path: string): Promise<Response> {
  const link = await findById(context, path)
  if (!link) return pageError({ reason: 'not_found' })
  const { id } = link
  const body = await readFields(request, checkoutSchema)
  if (!body.ok) return body.refusal

  const { language } = body.fields
  const grant = grantCheckout(link, body.fields.method, context.now())
  if (!grant.ok && grant.reason === 'not_open')
    return cardError({ reason: 'not_open', view: await viewFor(context, link, { language }) })
  if (!grant.ok) return unknownMethod()

  const account = accountOf(context, link)
  if (!account) return pageError({ reason: 'upstream_unavailable' })
  if (link.registration) {
    const { registration } = link
    if (registration.form)
      return pageError({ reason: 'bad_request', message: 'the card is typed into the page' })
    const started = await startRegistration(context, account, { ...link, registration })
    if (!started.ok && 'failure' in started) return cardError(started.failure)
    // A registration completed meanwhile is found below, where the link is read again.
  }
  const { merchant_uid, currency } = link
  const amount = majorOf(link.amount, currency)
  // An amount of 0 is not registered at i'mport.
  const prepared = amount > 0 && (await context.iamport.prepare(account, { merchant_uid, amount, currency }))
  if (prepared && !prepared.ok) {
    context.log.warn({ event: 'checkout.not_prepared', link: id, ...describeFailure(prepared) })
    return pageError({
      reason: prepared.reason === 'unreachable' ? 'upstream_unavailable' : 'upstream_refused',
    })
  }

  // The call to i'mport may have taken seconds, so the link is checked again.
  const current = await context.store.findLink(id)
  const now = context.now()
  if (!current || !grantCheckout(current, grant.method.key, now).ok) {
    await prepareCurrent(context, account, link)
    return cardError({ reason: 'not_open', view: await viewFor(context, current ?? link, { language }) })
  }
  const { method, holds_until } = grant
  const granted_at = Math.min(now, holds_until - 1)
  const mark = makeRandomId(context.random)
  const held = { method_key: method.key, visitor: body.fields.visitor ?? null, granted_at, holds_until }
  await context.store.recordCheckout(
    { id: mark, link_id: id, ...held, opened_at: null, ended_at: null },
    firstInquiryAt(granted_at, holds_until),
  )
  const { edgeUrl } = context.settings
  const addresses = {
    returnUrl: `${pageBase(context, request)}/${id}/return`,
    noticeUrl: `${edgeUrl}/links/${id}/notice`,
    confirmUrl: account.merchant.confirm ? `${edgeUrl}/links/${id}/confirm` : undefined,
  }
  const params = requestPayParams(link, method, language, addresses, mark, now)
  return json({
    params,
    holds_until: new Date(holds_until).toISOString(),
    now: new Date(now).toISOString(),
  })
}

/**
 * The link was replaced while i'mport registered its amount, which overwrote the amount of the order's current link.
 * Registers that one again; otherwise its customer's payment is refused.
 */
async function prepareCurrent(
  { store, iamport, now }: AppContext,
  account: Account,
  replaced: Link,
): Promise<void> {
  const current = (await store.findOrder(replaced)).find((sibling) => sibling.current)?.link
  if (!current || current.id === replaced.id || statusOf(current, now()) !== 'open') return
  const { merchant_uid, currency } = current
  const amount = majorOf(current.amount, currency)
  if (amount > 0) await iamport.prepare(account, { merchant_uid, amount, currency })
}
