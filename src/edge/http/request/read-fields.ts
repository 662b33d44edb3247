import type { z } from 'zod'
import { fieldErrorOf } from '../../domain/field-error.ts'
import { pageError } from '../response/page-response.ts'
import { readBody } from './read-body.ts'

/**
 * The fields of a request that the page makes, or the answer that names what is wrong with them.
 * @param prepare what the schema is given of the body
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

/** The link has no method with this key. */
export const methodNotAllowed = (): Response =>
  pageError({
    reason: 'bad_request',
    message: 'unknown method',
    errors: [{ path: 'method', message: 'method is none of this link' }],
  })
