// Schema of i'mport's billing key (CustomerAnnotation in its OpenAPI). Drops the card's number and holder.
import { z } from 'zod'
import { identifier, text, unixSeconds } from './wire.ts'

export const billingKeySchema = z
  .object({
    customer_uid: z.string().min(1),
    pg_provider: identifier,
    pg_id: identifier,
    // Characters that JSON escapes are removed, so that erasing personal data can find the name in event bodies.
    card_name: text.transform((name) => name?.replace(/["\\]/g, '') || null),
    sandbox: z
      .boolean()
      .nullish()
      .transform((sandbox) => sandbox ?? false),
    /** Unix seconds, as on the wire. */
    inserted: unixSeconds,
    updated: unixSeconds.nullish().transform((updated) => updated ?? 0),
  })
  .readonly()

export type BillingKey = z.infer<typeof billingKeySchema>
