import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { merchantErrorSchema } from '../http/response/merchant-response.ts'
import { cardSchema } from '../routes/link-request/card-request.ts'

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })
const failure = z.looseObject({ reason: z.string() })
const refusals = (meanings: Record<string, string>, schema: z.ZodType) =>
  Object.fromEntries(
    Object.entries(meanings).map(([code, description]) => [code, { description, content: json(schema) }]),
  )

const settled = z.looseObject({
  status: z.string(),
  attempt: z.looseObject({
    outcome: z.string().meta({ description: 'registered, declined, pending, rejected, paid (but no card)' }),
    said: z.string().optional().meta({ description: "Of a refusal: the gateway's words, without digits" }),
  }),
})

const deletedSchema = z
  .object({
    customer_uid: z.string(),
    pg_provider: z.string().nullable(),
    pg_id: z.string().nullable(),
    card_name: z.string().nullable(),
    sandbox: z.boolean(),
    inserted: z.int().meta({ description: 'Unix seconds' }),
    updated: z.int().meta({ description: 'Unix seconds' }),
  })
  .meta({ description: "Of i'mport's answer, what says nothing of the customer" })

export const cardPaths: ZodOpenApiPathsObject = {
  '/links/{id}/card': {
    post: {
      summary: 'Register the card that was typed into the page, and charge it where the link says so',
      description:
        'For links with card_form, from the page itself: no other origin may ask. Nothing of the body is kept.',
      tags: ['page'],
      security: [],
      requestParams: { path: z.object({ id: z.string() }) },
      requestBody: { required: true, content: json(cardSchema) },
      responses: {
        '200': { description: 'What became of it, in the view of the link', content: json(settled) },
        ...refusals(
          {
            '400': 'Fields that cannot be right, by their names alone',
            '404': 'No such link, or one without a form',
            '409': 'card_exists, card_busy or not_open',
            '429': 'Too many tries; Retry-After says when to come again',
            '503': "i'mport could not be asked; no card was sent",
          },
          failure,
        ),
      },
    },
  },
  '/subscribe/customers/{customer_uid}': {
    delete: {
      summary: "Delete a card that a link registers, here and at i'mport",
      tags: ['merchant'],
      requestParams: {
        header: z.object({ Tier: z.string().length(3).optional().meta({ description: 'Sub-merchant' }) }),
        path: z.object({ customer_uid: z.string() }),
      },
      responses: {
        '200': {
          description: 'It is deleted',
          content: json(z.object({ code: z.literal(0), message: z.null(), response: deletedSchema })),
        },
        ...refusals(
          {
            '400': 'Several tiers use the name: Tier says which is meant',
            '401': 'No access token, or not a valid one',
            '404': 'No link of the merchant bears the name, or no card is registered',
            '409': "i'mport refused",
            '503': "i'mport did not answer: not known whether it is deleted",
          },
          merchantErrorSchema,
        ),
      },
    },
  },
}
