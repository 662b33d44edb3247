// Responses of the merchant's API: plain JSON on success, i'mport's envelope for errors.
import { z } from 'zod'
import { type FieldError, fieldErrorSchema } from '../../domain/field-error.ts'

export type MerchantError = {
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503
  message: string
  errors?: FieldError[]
  /** Seconds, for 429 and 503. */
  retryAfter?: number
}

export function isMerchantPath(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/users/') || path.startsWith('/subscribe/')
}

export const merchantErrorSchema = z
  .object({
    code: z.literal(-1),
    message: z.string(),
    response: z.null(),
    errors: z.array(fieldErrorSchema).optional(),
  })
  .meta({ id: 'Refusal' })

export function merchantError({ status, message, errors, retryAfter }: MerchantError): Response {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter)
  return Response.json(
    { code: -1, message, response: null, ...(errors ? { errors } : {}) },
    { status, headers },
  )
}

/** Repeats the first wrong field in the message, because many clients log only that. */
export function fieldErrors(errors: FieldError[]): Response {
  const [first] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return merchantError({ status: 400, message: `${first?.message ?? 'the request is wrong'}${more}`, errors })
}
