// Schema of i'mport's payment (PaymentAnnotation in its OpenAPI). Unset fields may be null, absent or 0.
import { z } from 'zod'
import { isWebAddress } from '../platform/network/web-address.ts'
import { amount, identifier, identifierUpTo, text, textUpTo, timestamp } from './wire.ts'

/** An i'mport payment id that is safe in a URL path. */
export const impUidPattern = /^[\w-]{1,64}$/

/** Fields of an invalid entry become null; an invalid list becomes empty. */
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
    /** `ready`, `paid`, `failed` or `cancelled`; any other value counts as undecided. */
    status: z.string(),
    /** In major units, as on the wire. */
    amount,
    cancel_amount: amount.nullish().transform((cancelled) => cancelled ?? 0),
    // KRW is the default of IMP.request_pay.
    currency: z
      .string()
      .nullish()
      .transform((currency) => currency?.trim().toUpperCase() || 'KRW')
      .pipe(z.string().regex(/^[A-Z]{3}$/)),
    sandbox: z
      .boolean()
      .nullish()
      .transform((sandbox) => sandbox ?? false),
    /** `pc` or `mobile`: payment window; `api`: REST. */
    channel: identifier,
    /** As passed to the payment window. */
    name: textUpTo(1000),
    /** JSON text, as passed to the payment window. */
    custom_data: z
      .unknown()
      .optional()
      .transform((data) => (typeof data === 'object' && data !== null ? JSON.stringify(data) : data))
      .transform((data) => (typeof data === 'string' && data !== '' ? data : null)),
    /** Billing key of the charged card. */
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
    /** Full and partial refunds. */
    cancel_history: cancellations,
    // Shown as a link, so only http(s) is allowed.
    receipt_url: identifierUpTo(2000).transform((address) =>
      address && isWebAddress(address) ? address : null,
    ),
  })
  .readonly()

export type Payment = z.infer<typeof paymentSchema>
