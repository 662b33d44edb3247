import type { z } from 'zod'
import { fieldErrorOf } from '../../domain/field-error.ts'
import { pageError } from '../response/page-response.ts'
import { readBody } from './read-body.ts'

/**
 * Parses the JSON body of a page request, or returns the error response that names the wrong fields.
 * @param prepare applied to the body before validation
 */
export async function readFields<Fields>(
  request: Request,
  schema: z.ZodType<Fields>,
  prepare: (body: Record<string, unknown>) => unknown = (body) => body,
): Promise<{ ok: true; fields: Fields } | { ok: false; refusal: Response }> {
  const body = await readBody(request, 'json')
  if (!body.ok)
    return { ok: false, refusal: pageError({ reason: 'bad_request', message: body.message }, body.status) }
  const read = schema.safeParse(prepare(body.value))
  if (read.success) return { ok: true, fields: read.data }
  const errors = read.error.issues.map(fieldErrorOf)
  return { ok: false, refusal: pageError({ reason: 'bad_request', message: 'wrong fields', errors }) }
}

export const unknownMethod = (): Response =>
  pageError({
    reason: 'bad_request',
    message: 'unknown method',
    errors: [{ path: 'method', message: 'method is none of this link' }],
  })
