// A billing key as i'mport answers it (CustomerAnnotation of its OpenAPI), parsed at this door.
// Of the card only its company goes on: number and holder stay here.
import { z } from 'zod'

const text = z
  .string()
  .nullish()
  .transform((value) => value || null)

export const billingKeySchema = z
  .object({
    customer_uid: z.string().min(1),
    pg_provider: text,
    pg_id: text,
    card_name: text,
    sandbox: z
      .boolean()
      .nullish()
      .transform((sandbox) => sandbox ?? false),
    /** Unix seconds, as on the wire. */
    inserted: z.number(),
    updated: z
      .number()
      .nullish()
      .transform((updated) => updated ?? 0),
  })
  .readonly()

export type BillingKey = z.infer<typeof billingKeySchema>
