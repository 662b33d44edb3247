// A payment as i'mport answers it (PaymentAnnotation of its OpenAPI), parsed at this door.
// Fields may be null, absent, or 0 where they mean nothing.
import { z } from 'zod'
import { isWebAddress } from '../platform/network/web-address.ts'
import { amount, identifier, identifierUpTo, text, textUpTo, timestamp } from './wire.ts'

/** An i'mport id fit for a path; nothing else is ever asked about. */
export const impUidPattern = /^[\w-]{1,64}$/

/** An entry that cannot be read has no id. */
const cancellations = z
  .unknown()
  .optional()
  .transform((list) =>
    z.array(z.object({ cancelled_at: timestamp, cancellation_id: identifier })).safeParse(list),
  )
  .transform(({ data = [] }) => data)

export const paymentSchema = z
  .object({
    imp_uid: z.string().regex(impUidPattern),
    merchant_uid: z.string(),
    /** `ready`, `paid`, `failed`, `cancelled`; anything else means: not decided yet. */
    status: z.string(),
    /** In major units, as on the wire. */
    amount,
    cancel_amount: amount.nullish().transform((cancelled) => cancelled ?? 0),
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
    channel: identifier,
    /** As the window was handed it. */
    name: textUpTo(1000),
    /** JSON text, as the window was handed it. */
    custom_data: z
      .unknown()
      .optional()
      .transform((data) => (typeof data === 'object' && data !== null ? JSON.stringify(data) : data))
      .transform((data) => (typeof data === 'string' && data !== '' ? data : null)),
    /** The merchant's name for the card that was charged. */
    customer_uid: identifier,
    pay_method: identifier,
    pg_provider: identifier,
    pg_id: identifier,
    vbank_name: text,
    vbank_num: identifier,
    vbank_holder: text,
    vbank_date: timestamp,
    vbank_issued_at: timestamp,
    started_at: timestamp,
    paid_at: timestamp,
    cancelled_at: timestamp,
    fail_reason: textUpTo(500),
    /** Refunds so far, also in part. */
    cancel_history: cancellations,
    // The page shows it as a link.
    receipt_url: identifierUpTo(2000).transform((address) =>
      address && isWebAddress(address) ? address : null,
    ),
  })
  .readonly()

export type Payment = z.infer<typeof paymentSchema>
