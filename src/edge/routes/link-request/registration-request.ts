// The fields of `POST /api/supplements/v1/link/payment` that make a link register a card.
import { z } from 'zod'
import type { FieldError } from '../../domain/field-error.ts'
import { checkRegistration } from '../../domain/gateways/registration-rules.ts'
import type { LinkMethod, RegistrationRequest } from '../../domain/links/link.ts'
import { freeText } from '../../http/request/fields.ts'

const flag = (name: string) => z.boolean({ error: `${name} must be true or false` }).optional()

export const registrationFields = {
  customer_uid: freeText('customer_uid', 80)
    // Dots only would change the path of a request to i'mport's REST API.
    .refine((uid) => !/^\.+$/.test(uid), { error: 'customer_uid must not be dots only' })
    .optional()
    .meta({
      description:
        'Makes the link register a card under this id, one id per card. `amount` 0 or absent: registration only; otherwise the amount is charged, too',
      example: 'kim-hana-visa',
    }),
  customer_id: freeText('customer_id', 50).optional().meta({ description: 'For gateways that require it' }),
  replace: flag('replace').meta({
    description: 'Replaces an existing card of customer_uid; its billing key is deleted',
  }),
  card_form: flag('card_form').meta({
    description: "Card form on Dari's page instead of the gateway's window; for merchants with card_form",
  }),
}

const schema = z.object(registrationFields)
type Fields = Partial<z.infer<typeof schema>>

/** Without `customer_uid`, the other registration fields are errors. */
export function readRegistration(
  { customer_uid, customer_id, replace, card_form }: Fields,
  amount: number | undefined,
  methods: (LinkMethod & { path: string })[],
  problems: FieldError[],
): RegistrationRequest | undefined {
  if (customer_uid === undefined) {
    for (const [path, given] of Object.entries({ customer_id, replace, card_form }))
      if (given) problems.push({ path, message: `${path} needs customer_uid` })
    return undefined
  }
  const form = card_form ?? false
  const request = { customer_uid, customer_id: customer_id ?? null, replace: replace ?? false, form }
  problems.push(...checkRegistration({ ...request, amount }, methods))
  return request
}
