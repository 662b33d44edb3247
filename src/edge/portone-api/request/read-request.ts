// Turns the JSON body of `POST /api/paymentLink` into a link's content and its data of the global API, or lists every
// wrong field.

import type { Merchant } from '../../config/merchants.ts'
import { fieldErrorOf } from '../../domain/field-error.ts'
import type { LinkContent } from '../../domain/links/link.ts'
import type { PortoneLink } from '../../domain/links/portone-link.ts'
import type { MessageRequest } from '../../features/messages/message-request.ts'
import { dropEmpty } from '../../http/request/drop-empty.ts'
import { codeOf, type PortoneFieldError } from '../../http/response/portone-errors.ts'
import type { Channels } from '../../platform/ports/messaging.ts'
import { checkGateways, checkPlace } from './check-place.ts'
import { mapMethods } from './chosen-methods.ts'
import { readPortoneExpiry } from './dates.ts'
import { makeContent } from './make-content.ts'
import { readPeople, windowBuyer } from './parties.ts'
import { readSum } from './read-amounts.ts'
import { readOptions } from './read-options.ts'
import { type PortoneLinkFields, portoneLinkFields } from './request.ts'

export type PortoneContent = Omit<PortoneLink, 'link_id'>

export type ReadPortoneRequest =
  | {
      ok: true
      fields: PortoneLinkFields
      content: LinkContent
      carried: PortoneContent
      messageRequest: MessageRequest | undefined
    }
  | { ok: false; problems: PortoneFieldError[] }

/** @param channels the configured message channels */
export function readPortoneRequest(
  body: Record<string, unknown>,
  merchant: Merchant,
  now: number,
  channels: Channels,
): ReadPortoneRequest {
  const present = dropEmpty(body) as Record<string, unknown>
  const problems: PortoneFieldError[] = []
  const fields = readFields({ ...present, portone_key: present.portone_key ?? present.chaipay_key }, problems)
  const sum = readSum(fields, problems)
  const expires_at = readPortoneExpiry(fields, now, problems)
  const mapped = mapMethods(merchant, fields.chosen_payment_methods, problems)
  const messageRequest = readOptions(fields, expires_at, now, channels, problems)
  checkPlace(fields, merchant, problems)

  const buyer = readPeople(fields)
  const { signature_hash, success_url, failure_url } = fields
  const content =
    sum && expires_at && makeContent(fields, merchant, { ...mapped, amount: sum.amount, expires_at })
  if (content) checkGateways(content, buyer, mapped, problems)
  if (problems.length > 0 || !content || !signature_hash || !success_url || !failure_url)
    return { ok: false, problems }
  const details: PortoneLink['details'] = {
    environment: merchant.sandbox ? 'sandbox' : 'live',
    source: fields.source ?? null,
    description: fields.description ?? null,
    country_code: fields.country_code ?? null,
    seller: {
      name: fields.merchant_details?.name ?? null,
      logo_url: fields.merchant_details?.logo ?? null,
      logo_id: null,
    },
    lines: sum.lines,
    show_shipping_details: fields.show_shipping_details ?? false,
    embed: fields.is_checkout_embed ?? false,
    back_url: fields.merchant_details?.back_url ?? null,
    success_url,
    failure_url,
    pending_url: fields.pending_url ?? null,
    chosen: mapped.chosen,
    notify: { email: messageRequest?.email !== undefined, phone: messageRequest?.phone !== undefined },
  }
  const complete = fields as PortoneLinkFields
  return {
    ok: true,
    fields: complete,
    content: { ...content, buyer: windowBuyer(buyer) },
    carried: { ref: fields.custom_link_ref ?? null, details, buyer },
    messageRequest,
  }
}

/** Returns the valid fields, so that rules across fields report their problems in the same response. */
function readFields(
  present: Record<string, unknown>,
  problems: PortoneFieldError[],
): Partial<PortoneLinkFields> {
  const parsed = portoneLinkFields.safeParse(present)
  if (parsed.success) return parsed.data
  const wrong = new Set<PropertyKey | undefined>()
  for (const issue of parsed.error.issues) {
    const [field] = issue.path
    wrong.add(field)
    problems.push({ ...fieldErrorOf(issue), code: codeOf(String(field)) })
  }
  const sound = Object.entries(present).filter(([name]) => !wrong.has(name))
  return portoneLinkFields.partial().parse(Object.fromEntries(sound)) as Partial<PortoneLinkFields>
}
