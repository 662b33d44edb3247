// A payment as i'mport answers it (PaymentAnnotation of its OpenAPI), parsed at this door.
// Fields may be null, absent, or 0 where they mean nothing.
import { z } from 'zod'

const text = z
  .string()
  .nullish()
  .transform((value) => value || null)
/** Unix seconds on the wire, milliseconds from here on. */
const time = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .nullish()
  .transform((seconds) => (seconds ? seconds * 1000 : null))

export const paymentSchema = z
  .object({
    imp_uid: z.string().min(1),
    merchant_uid: z.string(),
    /** `ready`, `paid`, `failed`, `cancelled`; anything else means: not decided yet. */
    status: z.string(),
    /** In major units, as on the wire. */
    amount: z.number(),
    cancel_amount: z
      .number()
      .nullish()
      .transform((amount) => amount ?? 0),
    // request_pay's own default: a payment without a word on its currency was asked for in won.
    currency: text.transform((currency) => currency ?? 'KRW'),
    sandbox: z
      .boolean()
      .nullish()
      .transform((sandbox) => sandbox ?? false),
    /** `pc` and `mobile`: through a window; `api`: by REST. */
    channel: text,
    /** As the window was handed it. */
    name: text,
    /** JSON text, as the window was handed it. */
    custom_data: z
      .union([z.string(), z.looseObject({}), z.array(z.unknown())])
      .nullish()
      .transform((data) => (typeof data === 'object' && data !== null ? JSON.stringify(data) : data || null)),
    /** The merchant's name for the card that was charged. */
    customer_uid: text,
    pay_method: text,
    pg_provider: text,
    pg_id: text,
    vbank_name: text,
    vbank_num: text,
    vbank_holder: text,
    vbank_date: time,
    vbank_issued_at: time,
    started_at: time,
    paid_at: time,
    cancelled_at: time,
    fail_reason: text,
    receipt_url: text,
  })
  .readonly()

export type Payment = z.infer<typeof paymentSchema>

/** An i'mport id fit for a path; nothing else is ever asked about. */
export const impUidPattern = /^[\w-]{1,64}$/
