import { z } from 'zod'

/** i'mport keeps no more of a text than its column holds. */
const kept = (length: number) =>
  z
    .string()
    .max(2_000)
    .nullish()
    .transform((text) => (text ? text.slice(0, length) : null))

const webAddress = z
  .string()
  .max(2_000)
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''))

const addresses = z
  .union([webAddress, z.array(webAddress).max(10)])
  .nullish()
  .transform((given) => [...new Set(given ? [given].flat() : [])])

const flag = z.boolean().nullish()

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

/** What `request_pay` is given, as far as the pretend gateways look at it. */
export const orderShape = z.object({
  request_id: kept(64),
  merchant_uid: z.string().min(1).max(40),
  // Classic gateways take "1000" for 1000; the newer path does not (see demands).
  amount: z.union([z.number(), z.string().regex(/^\d{1,12}(\.\d{1,3})?$/)]).transform(Number),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
  pay_method: kept(20).transform((method) => method ?? 'card'),
  name: kept(40),
  language: kept(8),
  escrow: z
    .unknown()
    .optional()
    .transform((value) => value === true || value === 'true'),
  buyer_name: kept(16),
  buyer_email: kept(64),
  buyer_tel: kept(16),
  buyer_addr: kept(128),
  buyer_postcode: kept(8),
  custom_data: customData,
  customer_uid: kept(80),
  customer_id: kept(50),
  notice_url: addresses,
  confirm_url: webAddress.nullish(),
  m_redirect_url: webAddress.nullish(),
  vbank_due: kept(19),
  digital: z.unknown().optional(),
  biz_num: kept(20),
  popup: flag,
  naverPopupMode: flag,
  naverV2: flag,
  naverProducts: z.array(z.unknown()).nullish(),
})

export interface Order extends Omit<z.output<typeof orderShape>, 'currency'> {
  currency: string
}

const dollarGateways = new Set(['paypal', 'paypal_v2', 'eximbay'])

export type ReadOrder = { ok: true; order: Order } | { ok: false; field: string }

export function readOrder(params: unknown, provider: string): ReadOrder {
  const read = orderShape.safeParse(params)
  if (!read.success) return { ok: false, field: read.error.issues[0]?.path.join('.') ?? 'params' }
  const currency = read.data.currency ?? (dollarGateways.has(provider) ? 'USD' : 'KRW')
  return { ok: true, order: { ...read.data, currency } }
}
