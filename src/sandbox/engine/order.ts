import { z } from 'zod'

/** i'mport truncates texts to the width of its column. */
const truncatedText = (length: number) =>
  z
    .string()
    .max(2_000)
    .nullish()
    .transform((text) => (text ? text.slice(0, length) : null))

const webAddress = z
  .string()
  .max(2_000)
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))

const webAddresses = z
  .union([webAddress, z.array(webAddress).max(10)])
  .nullish()
  .transform((value) => [...new Set(value ? [value].flat() : [])])

const optionalBoolean = z.boolean().nullish()

const customData = z
  .unknown()
  .optional()
  .transform((data, context) => {
    if (data === undefined || data === null) return null
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    if (text.length <= 10_000) return text
    context.addIssue('too long')
    return z.NEVER
  })

/** The parameters of `request_pay` that the sandbox uses. */
export const orderShape = z.object({
  request_id: truncatedText(64),
  merchant_uid: z.string().min(1).max(40),
  // Classic gateways accept a numeric string; the checkout service does not (see window/open.ts).
  amount: z.union([z.number(), z.string().regex(/^\d{1,12}(\.\d{1,3})?$/)]).transform(Number),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
  pay_method: truncatedText(20).transform((method) => method ?? 'card'),
  name: truncatedText(40),
  language: truncatedText(8),
  escrow: z
    .unknown()
    .optional()
    .transform((value) => value === true || value === 'true'),
  buyer_name: truncatedText(16),
  buyer_email: truncatedText(64),
  buyer_tel: truncatedText(16),
  buyer_addr: truncatedText(128),
  buyer_postcode: truncatedText(8),
  custom_data: customData,
  customer_uid: truncatedText(80),
  customer_id: truncatedText(50),
  notice_url: webAddresses,
  confirm_url: webAddress.nullish(),
  m_redirect_url: webAddress.nullish(),
  vbank_due: truncatedText(19),
  digital: z.unknown().optional(),
  biz_num: truncatedText(20),
  popup: optionalBoolean,
  naverPopupMode: optionalBoolean,
  naverV2: optionalBoolean,
  naverProducts: z.array(z.unknown()).nullish(),
})

export interface Order extends Omit<z.output<typeof orderShape>, 'currency'> {
  currency: string
}

const dollarGateways = new Set(['paypal', 'paypal_v2', 'eximbay'])

export type ParseOrderResult = { ok: true; order: Order } | { ok: false; field: string }

export function parseOrder(params: unknown, provider: string): ParseOrderResult {
  const parsed = orderShape.safeParse(params)
  if (!parsed.success) return { ok: false, field: parsed.error.issues[0]?.path.join('.') ?? 'params' }
  const currency = parsed.data.currency ?? (dollarGateways.has(provider) ? 'USD' : 'KRW')
  return { ok: true, order: { ...parsed.data, currency } }
}
