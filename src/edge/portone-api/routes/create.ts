import type { AppContext } from '../../context.ts'
import { checkGatewayScripts } from '../../domain/gateways/gateway-scripts.ts'
import type { LinkContent } from '../../domain/links/link.ts'
import { hashContent } from '../../features/links/content-hash.ts'
import { createLink } from '../../features/links/create-link.ts'
import { isSigned } from '../../features/webhooks/portone-signature.ts'
import { signedPairs } from '../../features/webhooks/signed-pairs.ts'
import { readBody } from '../../http/request/read-body.ts'
import type { PortoneFieldError } from '../../http/response/portone-errors.ts'
import {
  portoneBodyError,
  portoneError,
  portoneFieldErrors,
  portoneJson,
} from '../../http/response/portone-response.ts'
import { channelsOf } from '../../platform/ports/messaging.ts'
import { authenticatePortone } from '../authenticate.ts'
import { saveLogo } from '../logo.ts'
import { portoneReport } from '../report.ts'
import { type PortoneContent, readPortoneRequest } from '../request/read-request.ts'
import type { PortoneLinkFields } from '../request/request.ts'

const refusals = {
  paid: ['merchant_order_id', '4002', 'is paid already'],
  registered: ['merchant_order_id', '4002', 'is a card that is registered already'],
  awaiting_deposit: ['merchant_order_id', '4002', 'has a link already, which waits for its deposit'],
  duplicate: [
    'merchant_order_id',
    '4002',
    'had a link already, and an order has one for good: take another one. The same request again is answered with its link while that can be paid',
  ],
  busy: ['merchant_order_id', '4002', 'is being posted many times at once: try again'],
  ref_taken: ['custom_link_ref', '4083', 'is the reference of another link'],
} as const

/** `POST /api/paymentLink` */
export async function handlePortoneCreate(
  context: AppContext,
  request: Request,
  address: string,
): Promise<Response> {
  const auth = await authenticatePortone(context, request, address)
  if (!auth.ok) return portoneError(auth.refusal)
  const body = await readBody(request, 'json')
  if (!body.ok) return portoneBodyError(body)
  const { merchant } = auth
  const read = readPortoneRequest(body.value, merchant, context.now(), channelsOf(context))
  if (!read.ok) return portoneFieldErrors(read.problems)
  const { fields, content, carried, messageRequest } = read
  if (fields.portone_key !== merchant.portone_key)
    return singleFieldError(401, {
      path: 'portone_key',
      code: '4010',
      message: 'portone_key must be the key of the header X-Portone-Client-Key',
    })
  const pairs = signedPairs({ ...fields, amount: content.amount }, merchant.portone_key)
  if (!(await isSigned(merchant.portone_secret, pairs, fields.signature_hash)))
    return singleFieldError(401, {
      path: 'signature_hash',
      code: '4011',
      message:
        'signature_hash is not the signature of amount, client_key, currency, failure_url, merchant_order_id and success_url',
    })
  const blocked = checkGatewayScripts(context.settings, content).map(({ message }) => ({
    path: 'chosen_payment_methods',
    message: `chosen_payment_methods: ${message}`,
    code: '4046' as const,
  }))
  if (blocked.length > 0) return portoneFieldErrors(blocked)

  // Before the logo is fetched: another picture at the same URL does not change the request.
  const hash = await hashContentOf(context, content, carried, fields)
  const { seller } = carried.details
  const logo = seller.logo_url === null ? null : await saveLogo(context, seller.logo_url, content.expires_at)
  if (logo && !logo.ok) {
    const path = 'merchant_details.logo'
    return singleFieldError(400, { path, code: '4001', message: `${path} ${logo.why}` })
  }
  const details = { ...carried.details, seller: { ...seller, logo_id: logo?.id ?? null } }
  const result = await createLink(
    context,
    content,
    hash,
    'never replace',
    { ...carried, details },
    messageRequest,
  )
  if (!result.ok) {
    const [path, code, why] = refusals[result.reason]
    return portoneFieldErrors([{ path, code, message: `${path} ${why}` }])
  }
  const link = await context.store.findLink(result.id)
  const global = await context.store.findPortoneDetails(result.id)
  if (!link || !global) throw new Error(`link ${result.id} is gone`)
  return portoneJson(portoneReport(link, global, context.settings.publicUrl, context.now()))
}

/** Defaults that depend on the time of the request are left out, so that a repeated request has the same hash. */
function hashContentOf(
  { digest }: AppContext,
  content: LinkContent,
  carried: PortoneContent,
  fields: PortoneLinkFields,
): string | Promise<string> {
  const { expiry_date, expiry_hours = null } = fields
  const {
    send_immediately = null,
    scheduled_date = null,
    reminder_time = null,
    reminder_time_unit = null,
  } = fields
  const expiresAt = expiry_date === undefined ? 0 : content.expires_at
  const messages = { send_immediately, scheduled_date, reminder_time, reminder_time_unit }
  return hashContent({ ...content, expires_at: expiresAt }, digest, { carried, expiry_hours, messages })
}

function singleFieldError(status: 400 | 401, problem: PortoneFieldError): Response {
  const { code, message } = problem
  return portoneError({ status, code, message, errors: [problem] })
}
