import { z } from 'zod'
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject } from 'zod-openapi'
import { linkStatuses } from '../domain/links/link-status.ts'
import { confirmSchema } from '../routes/iamport/confirm.ts'
import { noticeSchema } from '../routes/iamport/notice.ts'
import { checkoutSchema } from '../routes/page/checkout.ts'
import { openedSchema } from '../routes/page/open-window.ts'
import { settleSchema } from '../routes/page/settle-link.ts'
import { windowFailedSchema } from '../routes/page/window-failed.ts'

const failure = z.looseObject({ reason: z.string() }).meta({ id: 'PageFailure' })
const view = z
  .looseObject({
    id: z.string(),
    status: z.enum(linkStatuses),
    title: z.string(),
    name: z.string(),
    merchant_uid: z.string(),
    amount: z.int().meta({ description: 'In the minor unit' }),
    currency: z.string(),
    expires_at: z.iso.datetime(),
    now: z.iso.datetime(),
  })
  .meta({ id: 'LinkView', description: 'More fields by status' })
const settled = view.extend({ attempt: z.looseObject({ outcome: z.string() }) }).meta({ id: 'Settled' })
const granted = z
  .object({
    params: z.looseObject({}).meta({ description: 'Pass to IMP.request_pay unchanged' }),
    holds_until: z.iso.datetime(),
    now: z.iso.datetime(),
  })
  .meta({ id: 'Checkout' })

const json = (schema: z.ZodType) => ({ 'application/json': { schema } })
const jsonOrForm = (schema: z.ZodType) => ({
  ...json(schema),
  'application/x-www-form-urlencoded': { schema },
})

function operation(
  summary: string,
  answer: z.ZodType,
  body: NonNullable<ZodOpenApiOperationObject['requestBody']>['content'] | undefined,
  failures: Record<string, string>,
): ZodOpenApiOperationObject {
  const failed = Object.entries(failures).map(([status, description]) => [
    status,
    { description, content: json(failure) },
  ])
  return {
    summary,
    tags: ['page'],
    security: [],
    requestParams: { path: z.object({ id: z.string() }) },
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    responses: { '200': { description: 'OK', content: json(answer) }, ...Object.fromEntries(failed) },
  }
}

const tooMany = { '429': 'Too many requests; Retry-After says when to retry' }
const unknown = { '404': 'No such link', ...tooMany }
const down = {
  '503': "i'mport or the database did not answer; nothing changed: retry",
}

export const pagePaths: ZodOpenApiPathsObject = {
  '/links/{id}': { get: operation("The page's view of a link", view, undefined, unknown) },
  '/links/{id}/live': {
    get: {
      summary: 'The view of a link as server-sent events, now and after each change',
      description: 'The stream ends after some minutes; event sources reconnect automatically.',
      tags: ['page'],
      security: [],
      requestParams: { path: z.object({ id: z.string() }) },
      responses: {
        '200': {
          description: 'Events named `view`; data as in `GET /links/{id}`',
          content: { 'text/event-stream': { schema: z.string() } },
        },
        '204': { description: 'This host has no streams: poll instead' },
        '404': { description: 'No such link', content: json(failure) },
        '503': { description: 'Too many streams: poll instead', content: json(failure) },
      },
    },
  },
  '/links/{id}/checkout': {
    post: operation('Ask to open the payment window', granted, json(checkoutSchema), {
      ...unknown,
      ...down,
      '400': 'Unknown method',
      '409': 'The link is not open',
      '502': "i'mport refused the amount",
    }),
  },
  '/links/{id}/opened': {
    post: operation('The page opened the payment window', z.object({}), json(openedSchema), unknown),
  },
  '/links/{id}/window-failed': {
    post: {
      summary: 'The set-up or the provider failed before the window opened',
      description: 'The merchant gets one `link.window_failed` event per link and known code.',
      tags: ['page'],
      security: [],
      requestParams: { path: z.object({ id: z.string() }) },
      requestBody: { required: true, content: json(windowFailedSchema) },
      responses: {
        '204': { description: 'Accepted; ignored unless the link is open' },
        '400': { description: 'Wrong or unknown fields', content: json(failure) },
        '404': { description: 'No such link', content: json(failure) },
        '429': { description: tooMany['429'], content: json(failure) },
      },
    },
  },
  '/links/{id}/settle': {
    post: operation('Settle an attempt and get its outcome', settled, json(settleSchema), {
      ...unknown,
      ...down,
    }),
  },
  '/links/{id}/notice': {
    post: operation("i'mport's webhook", z.object({}), jsonOrForm(noticeSchema), { ...unknown, ...down }),
  },
  '/logos/{id}': {
    get: {
      summary: "A merchant's logo",
      tags: ['page'],
      security: [],
      requestParams: { path: z.object({ id: z.string() }) },
      responses: {
        '200': {
          description: 'PNG, JPEG or WebP',
          content: { 'image/*': { schema: z.string().meta({ format: 'binary' }) } },
        },
        '404': { description: 'No such logo', content: json(failure) },
      },
    },
  },
  '/csp-reports': {
    post: {
      summary: 'Report CSP violations, as browsers do',
      tags: ['page'],
      security: [],
      requestBody: {
        content: {
          'application/csp-report': { schema: z.looseObject({}) },
          'application/reports+json': { schema: z.array(z.looseObject({})) },
        },
      },
      responses: { '204': { description: 'Always' } },
    },
  },
  '/links/{id}/confirm': {
    post: operation(
      "Confirm process of i'mport, before an approval",
      z.object({}),
      jsonOrForm(confirmSchema),
      {
        ...unknown,
        '409': 'Must not be approved, with the reason',
        '429': 'The same, after too many refusals',
      },
    ),
  },
}
