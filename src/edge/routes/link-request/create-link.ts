// Turns the JSON body of `POST …/link/payment` into a link's content, or lists every wrong field.

import { type FieldError, fieldErrorOf } from '../../domain/field-error.ts'
import { checkGatewayRules } from '../../domain/gateways/gateway-rules.ts'
import type { LinkContent, LinkMethod, RegistrationRequest } from '../../domain/links/link.ts'
import { dropEmpty, isEmpty } from '../../http/request/drop-empty.ts'
import { dropPlaceholders } from '../../http/request/placeholders.ts'
import { readAmounts } from './amounts.ts'
import { readExpiry } from './expiry.ts'
import { type LinkFields, linkFields } from './link-fields.ts'
import { makeMethods } from './methods.ts'
import { readRegistration } from './registration-request.ts'
import { findUnknownFields } from './unknown-link-fields.ts'

/** `warnings`: fields that were ignored or changed. */
export type ReadLinkRequest =
  | { ok: true; content: LinkContent; warnings: FieldError[] }
  | { ok: false; problems: FieldError[] }

/**
 * @param tier from the `Tier` header; empty for the merchant itself
 * @param isStrict turns warnings into problems
 */
export function readLinkRequest(
  body: Record<string, unknown>,
  tier: string,
  now: number,
  isStrict = false,
): ReadLinkRequest {
  const opened = openEnvelope(body)
  if (!opened.ok) return { ok: false, problems: [opened.problem] }
  const problems: FieldError[] = []
  const warnings: FieldError[] = []
  const present = dropEmpty(dropPlaceholders(opened.inner, isStrict, warnings)) as Record<string, unknown>
  const registers = present.customer_uid !== undefined
  const inner: Record<string, unknown> = registers ? { amount: 0, ...present } : present

  const fields = readFields(inner, problems)
  const amounts = readAmounts(fields, problems, registers)
  const expiry = readExpiry(body, inner, now)
  if (!expiry.ok) problems.push(expiry.problem)
  if (inner.pay_methods === undefined && inner.direct === undefined)
    problems.push({ path: 'pay_methods', message: 'pay_methods or direct is required' })
  const { methods, direct } = makeMethods(fields)
  const located = methods.map((method, at) => ({ ...method, path: direct ? 'direct' : `pay_methods.${at}` }))
  const { amount, tax_free } = amounts
  for (const { hasStandIn, ...broken } of checkGatewayRules({ ...fields, amount, tax_free }, located)) {
    if (!hasStandIn || isStrict) problems.push(broken)
    else warnings.push({ ...broken, message: `${broken.message}: a stand-in is handed over` })
  }
  warnings.push(...located.filter(namesNoGateway).map(({ path }) => opensFirstChannel(path)))
  if (direct && fields.pay_methods) warnings.push(notOffered)
  const registration = readRegistration(fields, amount, located, problems)
  const unknown = findUnknownFields(body, opened)
  if (isStrict) problems.push(...unknown)
  else warnings.push(...unknown)
  const content = expiry.ok
    ? makeContent(fields, amounts, methods, direct, tier, expiry.at, registration)
    : undefined
  return problems.length === 0 && content ? { ok: true, content, warnings } : { ok: false, problems }
}

const notOffered = { path: 'pay_methods', message: 'pay_methods is not offered: direct asks for one method' }
const namesNoGateway = ({ pg, channelKey }: LinkMethod) => pg === undefined && channelKey === undefined
const opensFirstChannel = (path: string): FieldError => ({
  path: `${path}.pg`,
  message: `${path} names no channelKey or pg: i'mport opens the store's first channel`,
})

/** Upstream's sample wraps the link in JSON text (`payment_info`); its table is flat. Accepts both. */
function openEnvelope(
  body: Record<string, unknown>,
): { ok: true; inner: Record<string, unknown>; isWrapped: boolean } | { ok: false; problem: FieldError } {
  const wrapped = body.payment_info
  if (isEmpty(wrapped)) return { ok: true, inner: body, isWrapped: false }
  const problem = { path: 'payment_info', message: 'payment_info must be the JSON text of an object' }
  try {
    const inner: unknown = typeof wrapped === 'string' ? JSON.parse(wrapped) : wrapped
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return { ok: false, problem }
    return { ok: true, inner: inner as Record<string, unknown>, isWrapped: true }
  } catch {
    return { ok: false, problem }
  }
}

/** Returns the valid fields, so that rules across fields report their problems in the same response. */
function readFields(inner: Record<string, unknown>, problems: FieldError[]): Partial<LinkFields> {
  const parsed = linkFields.safeParse(inner)
  if (parsed.success) return parsed.data
  problems.push(...parsed.error.issues.map(fieldErrorOf))
  const wrong = new Set(parsed.error.issues.map(({ path }) => path[0]))
  const sound = Object.entries(inner).filter(([name]) => !wrong.has(name))
  return linkFields.partial().parse(Object.fromEntries(sound)) as Partial<LinkFields>
}

function makeContent(
  fields: Partial<LinkFields>,
  { amount, tax_free }: { amount?: number; tax_free?: number },
  methods: LinkMethod[],
  direct: boolean,
  tier: string,
  expires_at: number,
  registration: RegistrationRequest | undefined,
): LinkContent | undefined {
  const { user_code, merchant_uid, title, name, currency } = fields
  const complete = user_code && merchant_uid && title && name && currency && methods.length > 0
  if (!complete || amount === undefined) return undefined
  return {
    user_code,
    tier,
    merchant_uid,
    title,
    name,
    amount,
    currency,
    tax_free: tax_free ?? null,
    language: fields.language ?? null,
    display_language: fields.display_language ?? null,
    buyer: {
      name: fields.buyer_name ?? null,
      tel: fields.buyer_tel ?? null,
      addr: fields.buyer_addr ?? null,
      email: fields.buyer_email ?? null,
      postcode: fields.buyer_postcode ?? null,
    },
    custom_data: fields.custom_data === undefined ? null : JSON.stringify(fields.custom_data),
    notice_url: fields.notice_url ?? null,
    methods,
    direct,
    expires_at,
    ...(registration && { registration }),
  }
}
