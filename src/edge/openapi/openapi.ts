// The OpenAPI document, generated from the schemas that validate requests.
import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi'
import { linkReportSchema } from '../features/links/report-link.ts'
import { merchantErrorSchema } from '../http/response/merchant-response.ts'
import { portonePaths, portoneWebhooks } from '../portone-api/openapi.ts'
import { expirySchema } from '../routes/link-request/expiry.ts'
import { linkFields } from '../routes/link-request/link-fields.ts'
import { createdSchema } from '../routes/merchant/create-link.ts'
import { credentialsSchema, tokenAnswerSchema } from '../routes/merchant/get-token.ts'
import { listAnswerSchema, listQuerySchema } from '../routes/merchant/list-links.ts'
import { cardPaths } from './openapi-cards.ts'
import { eventPaths, eventWebhooks } from './openapi-events.ts'
import { pagePaths } from './openapi-page.ts'

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })
const ok = (description: string, schema: z.ZodType) => ({ '200': { description, content: json(schema) } })

function refusals(...codes: (keyof typeof meanings)[]) {
  return Object.fromEntries(
    [...codes, '503' as const].map((code) => [
      code,
      { description: meanings[code], content: json(merchantErrorSchema) },
    ]),
  )
}

const meanings = {
  '400': 'Wrong fields, all listed',
  '401': 'Missing or invalid access token',
  '403': 'The access token belongs to another merchant',
  '404': 'No such link of this merchant',
  '409': 'The status of the order or link does not allow it',
  '413': 'More than 64 KiB',
  '415': 'Unsupported content type',
  '429': 'Too many wrong credentials; Retry-After says when to retry',
  '503': 'Database unavailable; retry after Retry-After',
}

const description =
  "Payment links for i'mport / PortOne V1 merchants. A sandbox on a developer's computer serves the merchant's API only to that computer; others get 403."

const tier = z.object({ Tier: z.string().length(3).optional().meta({ description: 'Sub-merchant' }) })
const prefer = z.object({
  Prefer: z.string().optional().meta({
    description: '`handling=strict`: 400 for fields that would otherwise be ignored or count as absent',
    example: 'handling=strict',
  }),
})
const byId = z.object({ id: z.string() })
const flat = linkFields
  .extend({
    amount: linkFields.shape.amount.optional().meta({ description: 'Required without customer_uid' }),
    expired_at: expirySchema,
    expire_at: expirySchema.optional().meta({ description: 'Same as expired_at' }),
  })
  .meta({ id: 'LinkRequest' })
const wrapped = z
  .object({
    payment_info: z.string().meta({ description: 'The fields of LinkRequest as JSON text' }),
    expired_at: expirySchema,
  })
  .meta({ id: 'LinkEnvelope' })

const create: ZodOpenApiOperationObject = {
  summary: 'Create a link, or get the one that the same order has',
  tags: ['merchant'],
  requestParams: { header: tier.extend(prefer.shape) },
  requestBody: { required: true, content: json(z.union([flat, wrapped])) },
  responses: { ...ok('The link', createdSchema), ...refusals('400', '401', '403', '409', '413', '415') },
}

export function describeApi(serverUrl: string) {
  return createDocument({
    openapi: '3.1.0',
    info: { title: 'Dari', version: '1', description },
    servers: [{ url: serverUrl }],
    security: [{ token: [] }, { impToken: [] }, { queryToken: [] }],
    paths: {
      '/users/getToken': {
        post: {
          summary: 'Get an access token for 30 minutes',
          tags: ['merchant'],
          security: [],
          requestBody: {
            required: true,
            content: {
              ...json(credentialsSchema),
              'application/x-www-form-urlencoded': { schema: credentialsSchema },
            },
          },
          responses: {
            ...ok('The token', tokenAnswerSchema),
            ...refusals('400', '401', '413', '415', '429'),
          },
        },
      },
      '/api/supplements/v1/link/payment': {
        post: create,
        get: {
          summary: 'List links, newest first',
          tags: ['merchant'],
          requestParams: { header: tier, query: listQuerySchema },
          responses: { ...ok('A page of links', listAnswerSchema), ...refusals('400', '401') },
        },
      },
      '/api/supplements/v1/link/payment/{id}': {
        get: {
          summary: 'Read a link',
          tags: ['merchant'],
          requestParams: { header: tier, path: byId },
          responses: { ...ok('The link', linkReportSchema), ...refusals('401', '404') },
        },
        put: {
          summary: 'Disable a link',
          tags: ['merchant'],
          requestParams: { header: tier, path: byId },
          responses: { ...ok('It is disabled', z.object({})), ...refusals('401', '404', '409') },
        },
      },
      ...eventPaths,
      ...portonePaths,
      ...cardPaths,
      ...pagePaths,
    },
    webhooks: { ...eventWebhooks, ...portoneWebhooks },
    components: {
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'Authorization' },
        impToken: { type: 'apiKey', in: 'header', name: 'X-ImpTokenHeader' },
        queryToken: { type: 'apiKey', in: 'query', name: '_token' },
        globalToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT, HS256 with portone_secret' },
      },
    },
  })
}
