// A billing key as i'mport answers it (CustomerAnnotation of its OpenAPI), parsed at this door.
// Of the card only its company goes on: number and holder stay here.
import { z } from 'zod'
import { seconds, text, word } from './wire.ts'

export const billingKeySchema = z
  .object({
    customer_uid: z.string().min(1),
    pg_provider: word,
    pg_id: word,
    // Without what JSON would escape: it is found by its name when it is to be erased from what was told.
    card_name: text.transform((name) => name?.replace(/["\\]/g, '') || null),
    sandbox: z
      .boolean()
      .nullish()
      .transform((sandbox) => sandbox ?? false),
    /** Unix seconds, as on the wire. */
    inserted: seconds,
    updated: seconds.nullish().transform((updated) => updated ?? 0),
  })
  .readonly()

export type BillingKey = z.infer<typeof billingKeySchema>
