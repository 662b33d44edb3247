// The body of `POST /api/supplements/v1/link/payment`. Names, types and required fields: upstream's "Generate
// payment URL". Limits: i'mport's own, where documented.
import { z } from 'zod'
import { currencyCodes } from '../../../contract/money/currency.ts'
import { freeText, wordField } from '../../http/request/fields.ts'
import { isWebAddress } from '../../platform/network/web-address.ts'
import { registrationFields } from './registration-request.ts'

const pg = freeText('pg', 60).meta({
  description:
    "i'mport's gateway code, `code.MID`, or a MID; without it and channelKey i'mport opens the store's first channel",
  example: 'html5_inicis',
})
const channelKey = freeText('channelKey', 80)
const payMethod = freeText('pay_method', 40).meta({ description: '`card` when absent', example: 'card' })

const label = z
  .union([freeText('label', 40), z.object({ ko: freeText('label.ko', 40), en: freeText('label.en', 40) })], {
    error: 'label must be text of at most 40 characters, or {ko, en} of such texts',
  })
  .meta({
    description: "Shown to the customer; default: the method's name in the page's language",
    example: '신용카드',
  })

const gateway = { channelKey: channelKey.optional(), pg: pg.optional(), pay_method: payMethod.optional() }
const methodSchema = z.object(
  { ...gateway, label: label.optional() },
  { error: 'a method must be an object' },
)
const directSchema = z
  .object(gateway, { error: 'direct must be an object' })
  .refine((method) => Object.values(method).some((value) => value !== undefined), {
    error: 'direct must name channelKey, pg or pay_method',
  })

const httpUrl = freeText('notice_url', 1000).refine(isWebAddress, {
  error: 'notice_url must be an http(s) address',
})

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1))
}

const money = (name: string) =>
  z.union([z.number(), z.string()], {
    error: ({ input }) => (input === undefined ? `${name} is required` : `${name} must be a number`),
  })

/** Parsed by create-link.ts, documented in /openapi.json. */
export const linkFields = z.object({
  title: freeText('title', 80).meta({ description: 'Heading of the page', example: '다리 상점' }),
  user_code: freeText('user_code', 40).meta({ description: 'The merchant', example: 'imp00000000' }),
  amount: money('amount').meta({ description: 'In major units, exact to the currency', example: 10000 }),
  merchant_uid: freeText('merchant_uid', 40)
    // Dots only would change the path of a request to i'mport's REST API.
    .refine((uid) => !/^\.+$/.test(uid), { error: 'merchant_uid must not be dots only' })
    .meta({ description: 'Order number', example: 'order-1001' }),
  name: freeText('name', 40).meta({ description: 'Name of the order', example: '유기농 사과 5kg' }),
  tax_free: money('tax_free').optional().meta({ description: 'The tax-free part of amount' }),
  currency: z
    .enum(currencyCodes, {
      error: ({ input }) =>
        input === undefined ? 'currency is required' : `currency must be one of ${currencyCodes.join(', ')}`,
    })
    .meta({ example: 'KRW' }),
  language: wordField('language', ['ko', 'en', 'zh'])
    .optional()
    .meta({ description: "Language of the gateway's window" }),
  display_language: wordField('display_language', ['ko', 'en'])
    .optional()
    .meta({ description: 'Language of the page' }),
  buyer_name: freeText('buyer_name', 16).optional(),
  buyer_tel: freeText('buyer_tel', 16).optional(),
  buyer_addr: freeText('buyer_addr', 128).optional(),
  buyer_email: freeText('buyer_email', 64).optional(),
  buyer_postcode: freeText('buyer_postcode', 8).optional(),
  custom_data: z
    .unknown()
    .optional()
    .refine((data) => isShallow(data, 32), { error: 'custom_data must be nested at most 32 deep' })
    .meta({ description: 'Any JSON, passed on unchanged' }),
  notice_url: httpUrl.optional().meta({
    description: 'Receives `{imp_uid, merchant_uid, status}` when the link is paid',
    example: 'https://shop.example/notice',
  }),
  pay_methods: z
    .array(methodSchema, { error: 'pay_methods must be a list' })
    .min(1, { error: 'pay_methods must name at least one method' })
    .max(20, { error: 'pay_methods must name at most 20 methods' })
    .optional(),
  direct: directSchema.optional().meta({ description: 'A single method, without a choice' }),
  ...registrationFields,
})

export type LinkFields = z.infer<typeof linkFields>
