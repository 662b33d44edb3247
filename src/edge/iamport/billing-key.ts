// A billing key as i'mport answers it (CustomerAnnotation of its OpenAPI), parsed at this door.
// Of the card only its company goes on: number and holder stay here.
import { z } from 'zod'
import { identifier, text, unixSeconds } from './wire.ts'

export const billingKeySchema = z
  .object({
    customer_uid: z.string().min(1),
    pg_provider: identifier,
    pg_id: identifier,
    // Without characters that JSON escapes: erasing looks for the name in the bodies of events.
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
