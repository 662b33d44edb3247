// A payment as i'mport answers it (PaymentAnnotation of its OpenAPI), parsed at this door.
// Fields may be null, absent, or 0 where they mean nothing.
import { z } from 'zod'
import { isWebAddress } from '../rules/web-address.ts'
import { money, text, textUpTo, time, word, wordUpTo } from './wire.ts'

/** An i'mport id fit for a path; nothing else is ever asked about. */
export const impUidPattern = /^[\w-]{1,64}$/

export const paymentSchema = z
  .object({
    imp_uid: z.string().regex(impUidPattern),
    merchant_uid: z.string(),
    /** `ready`, `paid`, `failed`, `cancelled`; anything else means: not decided yet. */
    status: z.string(),
    /** In major units, as on the wire. */
    amount: money,
    cancel_amount: money.nullish().transform((amount) => amount ?? 0),
    // request_pay's own default: a payment without a word on its currency was asked for in won.
    currency: z
      .string()
      .nullish()
      .transform((currency) => currency?.trim().toUpperCase() || 'KRW')
      .pipe(z.string().regex(/^[A-Z]{3}$/)),
    sandbox: z
      .boolean()
      .nullish()
      .transform((sandbox) => sandbox ?? false),
    /** `pc` and `mobile`: through a window; `api`: by REST. */
    channel: word,
    /** As the window was handed it. */
    name: textUpTo(1000),
    /** JSON text, as the window was handed it. */
    custom_data: z
      .unknown()
      .optional()
      .transform((data) => (typeof data === 'object' && data !== null ? JSON.stringify(data) : data))
      .transform((data) => (typeof data === 'string' && data !== '' ? data : null)),
    /** The merchant's name for the card that was charged. */
    customer_uid: word,
    pay_method: word,
    pg_provider: word,
    pg_id: word,
    vbank_name: text,
    vbank_num: word,
    vbank_holder: text,
    vbank_date: time,
    vbank_issued_at: time,
    started_at: time,
    paid_at: time,
    cancelled_at: time,
    fail_reason: textUpTo(500),
    // It is a link on the page.
    receipt_url: wordUpTo(2000).transform((address) => (address && isWebAddress(address) ? address : null)),
  })
  .readonly()

export type Payment = z.infer<typeof paymentSchema>
