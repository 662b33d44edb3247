// From the parsed JSON of `POST /api/paymentLink` to a link's content and what it carries beyond, or every
// wrong field at once.
import { dropEmpty } from '../doors/drop-empty.ts'
import { problemOf } from '../doors/problem.ts'
import type { LinkContent } from '../link.ts'
import type { Merchant } from '../merchants.ts'
import { checkGatewayRules } from '../rules/gateway-rules.ts'
import { type Mapped, mapMethods } from './chosen-methods.ts'
import type { GlobalLink } from './global-link.ts'
import { checkLinkRef } from './link-ref.ts'
import { readPeople, windowBuyer } from './parties.ts'
import type { GlobalCode, GlobalProblem } from './problem.ts'
import { readSum } from './read-amounts.ts'
import { type GlobalFields, globalFields } from './request.ts'
import { readExpiry, readWish } from './when.ts'

export type Carried = Omit<GlobalLink, 'link_id'>

export type ReadGlobal =
  | { ok: true; fields: GlobalFields; content: LinkContent; carried: Carried }
  | { ok: false; problems: GlobalProblem[] }

const codes: Record<string, GlobalCode> = {
  amount: '4041',
  currency: '4075',
  merchant_order_id: '4050',
  custom_link_ref: '4083',
  chosen_payment_methods: '4046',
  environment: '4034',
}

export function readGlobal(body: Record<string, unknown>, merchant: Merchant, now: number): ReadGlobal {
  const said = dropEmpty(body) as Record<string, unknown>
  const problems: GlobalProblem[] = []
  const fields = readFields({ ...said, portone_key: said.portone_key ?? said.chaipay_key }, problems)
  const sum = readSum(fields, problems)
  const expires_at = readExpiry(fields, now, problems)
  const mapped = mapMethods(merchant, fields.chosen_payment_methods, problems)
  const wish = readWish(fields, expires_at, now, problems)
  checkPlace(fields, merchant, problems)

  const buyer = readPeople(fields)
  const { signature_hash, success_url, failure_url } = fields
  const content =
    sum && expires_at && makeContent(fields, merchant, { ...mapped, amount: sum.amount, expires_at })
  if (content) checkGateways(content, buyer, mapped, problems)
  if (problems.length > 0 || !content || !signature_hash || !success_url || !failure_url)
    return { ok: false, problems }
  const details: GlobalLink['details'] = {
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
    wish,
  }
  const complete = fields as GlobalFields
  return {
    ok: true,
    fields: complete,
    content: { ...content, buyer: windowBuyer(buyer) },
    carried: { ref: fields.custom_link_ref ?? null, details, buyer },
  }
}

/** What is sound goes on, so that rules across fields can name their problems in the same answer. */
function readFields(said: Record<string, unknown>, problems: GlobalProblem[]): Partial<GlobalFields> {
  const parsed = globalFields.safeParse(said)
  if (parsed.success) return parsed.data
  const wrong = new Set<PropertyKey | undefined>()
  for (const issue of parsed.error.issues) {
    const [field] = issue.path
    wrong.add(field)
    problems.push({ ...problemOf(issue), code: codes[String(field)] ?? '4001' })
  }
  const sound = Object.entries(said).filter(([name]) => !wrong.has(name))
  return globalFields.partial().parse(Object.fromEntries(sound)) as Partial<GlobalFields>
}

/** Whether the link may be where and how it is asked for. */
function checkPlace(
  { environment, is_checkout_embed, custom_link_ref, merchant_order_id = '' }: Partial<GlobalFields>,
  merchant: Merchant,
  problems: GlobalProblem[],
): void {
  const own = merchant.sandbox ? 'sandbox' : 'live'
  if (environment !== undefined && environment !== own)
    problems.push({
      path: 'environment',
      message: `environment must be ${own}: this merchant's payments are ${own === 'live' ? 'real' : 'tests'} here`,
      code: '4034',
    })
  if (is_checkout_embed && !merchant.embed_origins?.length)
    problems.push({
      path: 'is_checkout_embed',
      message:
        'is_checkout_embed needs embed_origins in the merchant’s settings: no page may show the checkout',
      code: '4001',
    })
  const ref = custom_link_ref === undefined ? undefined : checkLinkRef(custom_link_ref, merchant_order_id)
  if (ref?.ok === false)
    problems.push({ path: 'custom_link_ref', message: `custom_link_ref ${ref.why}`, code: '4083' })
}

function makeContent(
  fields: Partial<GlobalFields>,
  merchant: Merchant,
  { methods, amount, expires_at }: Pick<Mapped, 'methods'> & { amount: number; expires_at: number },
): Omit<LinkContent, 'buyer'> | undefined {
  const { merchant_order_id, currency, description, merchant_details } = fields
  if (!merchant_order_id || !currency || methods.length === 0) return undefined
  const own = typeof merchant.name === 'object' ? merchant.name.en : merchant.name
  return {
    user_code: merchant.user_code,
    tier: '',
    merchant_uid: merchant_order_id,
    title: shorten(merchant_details?.name ?? own ?? merchant_order_id, 80),
    name: shorten(description ?? merchant_order_id, 40),
    amount,
    currency,
    tax_free: null,
    language: null,
    display_language: null,
    custom_data: null,
    notice_url: null,
    methods,
    direct: false,
    expires_at,
  }
}

/** i'mport's `name` is short; the page shows the whole description. */
function shorten(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** By the names that upstream's request has for what i'mport's gateways ask for. */
const named: Record<string, string> = {
  merchant_uid: 'merchant_order_id',
  name: 'description',
  buyer_name: 'customer_details.name',
  buyer_email: 'customer_details.email_address',
}

function checkGateways(
  content: Omit<LinkContent, 'buyer'>,
  people: Parameters<typeof windowBuyer>[0],
  { methods, paths }: Mapped,
  problems: GlobalProblem[],
): void {
  const { name, email } = windowBuyer(people)
  const asked = {
    merchant_uid: content.merchant_uid,
    name: content.name,
    amount: content.amount,
    currency: content.currency,
    ...(name !== null && { buyer_name: name }),
    ...(email !== null && { buyer_email: email }),
  }
  const placed = methods.map((method, at) => ({ ...method, path: paths[at] ?? 'chosen_payment_methods' }))
  for (const { path, message } of checkGatewayRules(asked, placed)) {
    const field = named[path] ?? path.replace(/\.(pg|pay_method)$/, '')
    problems.push({
      path: field,
      message: message.replace(path, field),
      code: codes[field.split('.')[0] ?? ''] ?? '4001',
    })
  }
}
