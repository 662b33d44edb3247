import { z } from 'zod'
import { findMerchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import { type FieldError, fieldErrorSchema } from '../../domain/field-error.ts'
import { checkGatewayScripts } from '../../domain/gateways/gateway-scripts.ts'
import { checkCardForm } from '../../domain/gateways/registration-rules.ts'
import type { LinkContent } from '../../domain/links/link.ts'
import { hashContent } from '../../features/links/content-hash.ts'
import { createLink } from '../../features/links/create-link.ts'
import { authenticate, knowsTier } from '../../http/request/authenticate.ts'
import { prefersStrict } from '../../http/request/preferences.ts'
import { readBody } from '../../http/request/read-body.ts'
import { fieldErrors, merchantError } from '../../http/response/merchant-response.ts'
import { readLinkRequest } from '../link-request/create-link.ts'

export const createdSchema = z.object({
  shortenedUrl: z.url().meta({ example: 'https://pay.example/8kq2m4x7r0vbn3tz5w' }),
  warnings: z.array(fieldErrorSchema).optional().meta({
    description: 'Ignored or changed fields: unknown fields, placeholders, missing gateways',
  }),
})

const refusals = {
  paid: 'merchant_uid is paid already',
  registered: 'merchant_uid has registered its card already',
  awaiting_deposit:
    'merchant_uid has a virtual account that waits for its deposit: disable that link first to make a different one',
  name_taken: 'customer_uid has an open link of another order: one card, one customer_uid',
  busy: 'merchant_uid is being posted many times at once: try again',
}

/** `POST /api/supplements/v1/link/payment` */
export async function handleCreateLink(context: AppContext, request: Request): Promise<Response> {
  const auth = await authenticate(context, request, true)
  if (!auth.ok) return merchantError(auth.refusal)
  const body = await readBody(request, 'json')
  if (!body.ok) return merchantError(body)
  const { merchant, tier } = auth.caller
  const read = readLinkRequest(body.value, tier ?? '', context.now(), prefersStrict(request))
  if (!read.ok) return fieldErrors(read.problems)
  const { content, warnings } = read

  const owner = findMerchant(context.settings.merchants, content.user_code)
  if (merchant && merchant.user_code !== content.user_code) {
    const message = 'user_code is not the merchant of the access token'
    return merchantError({ status: 403, message, errors: [{ path: 'user_code', message }] })
  }
  if (!owner) return fieldErrors([{ path: 'user_code', message: 'user_code is not a merchant here' }])
  if (!knowsTier(owner, tier))
    return fieldErrors([{ path: 'Tier', message: 'Tier is not a sub-merchant of this merchant' }])
  const cardFormError = checkCardForm(owner, content)
  if (cardFormError) return fieldErrors([cardFormError])
  const blocked = checkGatewayScripts(context.settings, content)
  if (blocked.length > 0) return fieldErrors(blocked)
  return respond(context, content, warnings)
}

async function respond(context: AppContext, content: LinkContent, warnings: FieldError[]): Promise<Response> {
  const result = await createLink(context, content, await hashContent(content, context.digest), 'may replace')
  if (result.ok) return created(context, result.id, warnings)
  const { reason } = result
  const message = refusals[reason]
  const errors = [{ path: reason === 'name_taken' ? 'customer_uid' : 'merchant_uid', message }]
  return merchantError({ status: 409, message, ...(reason !== 'busy' && { errors }) })
}

function created({ settings }: AppContext, id: string, warnings: FieldError[]): Response {
  const shortenedUrl = `${settings.publicUrl}/${id}`
  const answer = { shortenedUrl, ...(warnings.length > 0 && { warnings }) }
  return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
}
