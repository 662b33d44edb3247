// The body of `POST /api/paymentLink` (upstream's "Create Payment Link API"). Empty strings and nulls count as absent.
// Fields that upstream's clients omit are optional, even where its table does not say so.
import { z } from 'zod'
import { currencyCodes } from '../../../contract/money/currency.ts'
import { freeText, wordField } from '../../http/request/fields.ts'
import { address, country, email, flag, money, notAnObject, phone, postal } from './request-fields.ts'

const billing = z.object(
  {
    billing_name: freeText('billing_name', 100).optional(),
    billing_email: email('billing_email').optional(),
    billing_phone: phone('billing_phone').optional(),
    billing_address: postal('billing_address'),
  },
  notAnObject('billing_details'),
)

const shipping = z.object(
  {
    shipping_name: freeText('shipping_name', 100).optional(),
    shipping_email: email('shipping_email').optional(),
    shipping_phone: phone('shipping_phone').optional(),
    shipping_address: postal('shipping_address'),
  },
  notAnObject('shipping_details'),
)

const customer = z.object(
  {
    name: freeText('customer_details.name', 100).optional(),
    email_address: email('email_address').optional(),
    phone_number: phone('phone_number').optional(),
  },
  notAnObject('customer_details'),
)

const merchantDetails = z.object(
  {
    name: freeText('merchant_details.name', 80).optional().meta({ description: 'Heading of the page' }),
    logo: address('merchant_details.logo').optional(),
    back_url: address('merchant_details.back_url').optional(),
    promo_code: freeText('promo_code', 60).optional().meta({ description: '`NA`: none' }),
    promo_discount: money('promo_discount').optional().meta({ description: 'Already deducted from amount' }),
    shipping_charges: money('shipping_charges').optional().meta({ description: 'Included in amount' }),
  },
  notAnObject('merchant_details'),
)

const item = z.object(
  {
    name: freeText('order_details name', 200).optional(),
    quantity: z
      .int({ error: 'quantity must be a whole number' })
      .min(1, { error: 'quantity must be at least 1' }),
    price: money('price'),
  },
  notAnObject('an item'),
)

const note = z.object(
  { key: freeText('note key', 60), value: freeText('note value', 300).optional() },
  notAnObject('a note'),
)

const chosen = z.object(
  { payment_channel: freeText('payment_channel', 80), payment_method: freeText('payment_method', 80) },
  notAnObject('a payment method'),
)

const list = <Item extends z.ZodType>(name: string, max: number, of: Item) =>
  z
    .array(of, { error: `${name} must be a list` })
    .max(max, { error: `${name} must have at most ${max} entries` })
    .optional()

const reminderUnits = ['minutes', 'hours', 'days', 'weeks']

/** Parsed by read-request.ts, documented in /openapi.json. */
export const portoneLinkFields = z.object({
  portone_key: freeText('portone_key', 200).meta({
    description: 'Same as the header; older clients: chaipay_key',
  }),
  merchant_details: merchantDetails.optional(),
  source: freeText('source', 40).optional(),
  description: freeText('description', 500).optional(),
  signature_hash: freeText('signature_hash', 200),
  amount: money('amount').meta({ description: 'To be paid, in major units', example: 2500 }),
  currency: z
    .enum(currencyCodes, {
      error: ({ input }) =>
        input === undefined ? 'currency is required' : `currency must be one of ${currencyCodes.join(', ')}`,
    })
    .meta({ example: 'THB' }),
  country_code: country('country_code').optional().meta({ example: 'TH' }),
  custom_link_ref: freeText('custom_link_ref', 200).optional().meta({ description: 'Last part of the URL' }),
  merchant_order_id: freeText('merchant_order_id', 40).refine((id) => !/^\.+$/.test(id), {
    error: 'merchant_order_id must not be dots only',
  }),
  show_shipping_details: flag('show_shipping_details'),
  billing_details: billing.optional(),
  shipping_details: shipping.optional(),
  is_checkout_embed: flag('is_checkout_embed'),
  success_url: address('success_url'),
  failure_url: address('failure_url'),
  pending_url: address('pending_url').optional(),
  expiry_date: freeText('expiry_date', 40)
    .optional()
    .meta({ description: 'ISO 8601; default: one year from now', example: '2030-07-28T18:30:00.000Z' }),
  expiry_hours: z
    .int({ error: 'expiry_hours must be a whole number' })
    .min(1, { error: 'expiry_hours must be at least 1' })
    .optional()
    .meta({ description: 'From older clients, instead of expiry_date' }),
  customer_details: customer.optional(),
  notify_by_email: flag('notify_by_email'),
  notify_by_phone: flag('notify_by_phone'),
  notes: list('notes', 20, note),
  reminder_time: z
    .number({ error: 'reminder_time must be a number' })
    .nonnegative({ error: 'reminder_time must not be negative' })
    .optional()
    .meta({ description: 'Before the expiry; 0: no reminder' }),
  reminder_time_unit: freeText('reminder_time_unit', 20).optional().meta({ examples: reminderUnits }),
  send_immediately: flag('send_immediately'),
  scheduled_date: freeText('scheduled_date', 40).optional(),
  chosen_payment_methods: list('chosen_payment_methods', 20, chosen).meta({
    description: "Default: all of the merchant's",
  }),
  environment: wordField('environment', ['sandbox', 'live']).optional(),
  order_details: list('order_details', 200, item).meta({
    description: 'From older clients: must add up to amount - shipping_charges + promo_discount',
  }),
})

export type PortoneLinkFields = z.infer<typeof portoneLinkFields>
