import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { portoneErrorSchema } from '../http/response/portone-response.ts'
import { portoneReportSchema } from './report.ts'
import { portoneLinkFields } from './request/request.ts'
import { portoneCredentialsSchema, portoneTokenSchema } from './routes/auth-token.ts'
import { signatureAnswerSchema, signatureRequestSchema } from './routes/generate-signature.ts'

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })
const ok = (description: string, schema: z.ZodType) => ({ '200': { description, content: json(schema) } })

const meanings = {
  '400': 'Wrong fields, all listed; 4002: the order has a link already',
  '401': 'Missing client key or token, or an invalid signature',
  '404': 'The merchant has no such link in this API',
  '413': 'More than 64 KiB',
  '415': 'Not JSON',
  '429': 'Too many wrong credentials; Retry-After says when to retry',
  '503': 'Database unavailable; retry after Retry-After',
}

const refusals = (...codes: (keyof typeof meanings)[]) =>
  Object.fromEntries(
    [...codes, '503' as const].map((code) => [
      code,
      { description: meanings[code], content: json(portoneErrorSchema) },
    ]),
  )

const header = z.object({
  'X-Portone-Client-Key': z.string().meta({ description: 'Older clients: X-Chaipay-Client-Key' }),
})
const byRef = z.object({ ref: z.string().meta({ description: 'payment_link_ref' }) })
const common = { tags: ['global'], security: [{ globalToken: [] }] }
const wrong = ['400', '401', '413', '415', '429'] as const

const cancel: ZodOpenApiOperationObject = {
  ...common,
  summary: 'Cancel a payment link',
  requestParams: { header, path: byRef },
  responses: { ...ok('It is cancelled', portoneReportSchema), ...refusals('400', '401', '404', '429') },
}

const read = (summary: string, answer: z.ZodType): { get: ZodOpenApiOperationObject } => ({
  get: {
    ...common,
    summary,
    requestParams: { header, path: byRef },
    responses: { ...ok('The link', answer), ...refusals('401', '404', '429') },
  },
})

export const portonePaths: ZodOpenApiPathsObject = {
  '/api/paymentLink': {
    post: {
      ...common,
      summary: "Create a payment link, as PortOne's global product does",
      requestParams: { header },
      requestBody: { required: true, content: json(portoneLinkFields.meta({ id: 'GlobalLinkRequest' })) },
      responses: { ...ok('The link', portoneReportSchema), ...refusals(...wrong) },
    },
  },
  '/api/paymentLink/{ref}': read('Read a payment link', portoneReportSchema),
  '/api/paymentLink/{ref}/status': read(
    'Read a payment link, its report wrapped',
    z.object({ content: z.object({ link: portoneReportSchema }) }),
  ),
  '/api/paymentLink/{ref}/cancelled': { post: cancel, put: cancel },
  '/api/merchant/auth-token': {
    post: {
      tags: ['global'],
      security: [],
      summary: 'Get a token for six hours',
      requestBody: { required: true, content: json(portoneCredentialsSchema) },
      responses: { ...ok('The token', portoneTokenSchema), ...refusals(...wrong) },
    },
  },
  '/api/merchant/generate-signature': {
    post: {
      ...common,
      summary: 'Sign a request for a payment link',
      requestParams: { header },
      requestBody: { required: true, content: json(signatureRequestSchema) },
      responses: { ...ok('Its signature_hash', signatureAnswerSchema), ...refusals(...wrong) },
    },
  },
}

/** Sent to the merchant's `webhook_url`. */
export const portoneWebhooks: ZodOpenApiPathsObject = {
  globalLink: {
    post: {
      tags: ['global'],
      security: [],
      summary: 'The status of a payment link has changed',
      description:
        "PortOne's own body. signature_hash: base64 of HMAC-SHA256, with portone_secret, over the form encoding of amount, country_code, currency, link_ref, merchant_order_ref and status, sorted by key. Delivered at least once; 2xx: delivered, 410: abandoned, anything else is retried for a day.",
      requestBody: {
        required: true,
        content: json(
          z
            .looseObject({
              link_ref: z.string(),
              link: z.url(),
              status: portoneReportSchema.shape.status,
              amount: z.number(),
              currency: z.string(),
              countryCode: z.string(),
              country_code: z.string().meta({ description: 'The same' }),
              merchant_order_ref: z.string(),
              signature_hash: z.string(),
            })
            .meta({ id: 'GlobalWebhook' }),
        ),
      },
      responses: { '200': { description: 'Any 2xx' } },
    },
  },
}
