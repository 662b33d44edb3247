import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { fieldErrorOf } from '../../domain/field-error.ts'
import { linkStatuses } from '../../domain/links/link-status.ts'
import { linkReportSchema } from '../../features/links/report-link.ts'
import { reportLinks } from '../../features/links/report-links.ts'
import { authenticate } from '../../http/request/authenticate.ts'
import { dropEmpty } from '../../http/request/drop-empty.ts'
import { fieldErrors, merchantError } from '../../http/response/merchant-response.ts'

const time = (name: string) =>
  z
    .union(
      [
        z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
        z
          .string()
          .regex(/^\d{1,12}$/)
          .transform((seconds) => Number(seconds) * 1000),
      ],
      { error: `${name} must be unix seconds or an ISO 8601 time with a zone` },
    )
    .optional()

const limitError = { error: 'limit must be a whole number from 1 to 100' }

export const limitSchema = z
  .string()
  .regex(/^\d{1,3}$/, limitError)
  .transform(Number)
  .refine((n) => n >= 1 && n <= 100, limitError)
  .optional()

export const listQuerySchema = z.object({
  status: z.enum(linkStatuses, { error: `status must be one of ${linkStatuses.join(', ')}` }).optional(),
  merchant_uid: z.string().optional(),
  created_from: time('created_from'),
  created_to: time('created_to'),
  limit: limitSchema,
  cursor: z
    .string()
    .regex(/^\d{1,15}-[0-9a-z]{18}$/, { error: 'cursor must be the next_cursor of an answer' })
    .transform((cursor) => ({ created_at: Number(cursor.split('-')[0]), id: cursor.split('-')[1] ?? '' }))
    .optional(),
})

export const listAnswerSchema = z.object({
  items: z.array(linkReportSchema),
  next_cursor: z.string().nullable(),
})

/** `GET /api/supplements/v1/link/payment`: newest first. */
export async function handleListLinks(context: AppContext, request: Request): Promise<Response> {
  const auth = await authenticate(context, request, false)
  if (!auth.ok) return merchantError(auth.refusal)
  const { merchant, tier } = auth.caller
  if (!merchant) throw new Error('a list is never open')
  const query = dropEmpty(Object.fromEntries(new URL(request.url).searchParams))
  const parsed = listQuerySchema.safeParse(query)
  if (!parsed.success) return fieldErrors(parsed.error.issues.map(fieldErrorOf))
  const { cursor: after, limit = 20, ...filter } = parsed.data

  const now = context.now()
  const found = await context.store.listLinks(
    { ...filter, user_code: merchant.user_code, tier, after, limit: limit + 1 },
    now,
  )
  const links = found.slice(0, limit)
  const last = found.length > limit ? links.at(-1) : undefined
  return Response.json(
    {
      items: await reportLinks(context, links),
      next_cursor: last ? `${last.created_at}-${last.id}` : null,
    },
    { headers: { 'cache-control': 'no-store' } },
  )
}
