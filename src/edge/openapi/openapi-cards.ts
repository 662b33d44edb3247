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
    said: z.string().optional().meta({ description: "For a refusal: the gateway's message, without digits" }),
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
  .meta({ description: "The response of i'mport without customer data" })

export const cardPaths: ZodOpenApiPathsObject = {
  '/links/{id}/card': {
    post: {
      summary: 'Register a card from the page, and charge it if the link has an amount',
      description: 'For links with card_form, same-origin only. The card is not stored.',
      tags: ['page'],
      security: [],
      requestParams: { path: z.object({ id: z.string() }) },
      requestBody: { required: true, content: json(cardSchema) },
      responses: {
        '200': { description: 'The view of the link, with the outcome', content: json(settled) },
        ...refusals(
          {
            '400': 'Wrong fields, by name only',
            '404': 'No such link, or it has no card form',
            '409': 'card_exists, card_busy or not_open',
            '429': 'Too many attempts; Retry-After says when to retry',
            '503': "i'mport did not answer; no card was sent",
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
            '400': 'Several tiers use this customer_uid: name one in Tier',
            '401': 'Missing or invalid access token',
            '404': 'The merchant has no link with this customer_uid, or no card is registered',
            '409': "i'mport refused",
            '503': "i'mport did not answer: the card may or may not be deleted",
          },
          merchantErrorSchema,
        ),
      },
    },
  },
}
