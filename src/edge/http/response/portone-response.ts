// Error envelope of the global API. Upstream documents only a message; its clients read `message`, and `status_code`
// and `status_reason` are the columns of its "Error Codes".
import { z } from 'zod'
import { type PortoneCode, type PortoneFieldError, reasons } from './portone-errors.ts'

export interface PortoneError {
  status: 400 | 401 | 403 | 404 | 405 | 413 | 415 | 429 | 500 | 503
  code: PortoneCode
  message: string
  errors?: PortoneFieldError[]
  /** Seconds, for 429 and 503. */
  retryAfter?: number
}

export const portoneErrorSchema = z
  .object({
    message: z.string(),
    status_code: z.enum(Object.keys(reasons) as [string, ...string[]]),
    status_reason: z.enum(Object.values(reasons) as [string, ...string[]]),
    errors: z
      .array(z.object({ path: z.string(), message: z.string(), status_code: z.string() }))
      .optional()
      .meta({ description: 'Every wrong field' }),
  })
  .meta({ id: 'GlobalRefusal' })

export function portoneError({ status, code, message, errors, retryAfter }: PortoneError): Response {
  const headers: Record<string, string> = { 'cache-control': 'no-store' }
  if (status === 401) headers['www-authenticate'] = 'Bearer'
  if (status === 405) headers.allow = 'POST, PUT'
  if (retryAfter !== undefined) headers['retry-after'] = String(retryAfter)
  const body: z.infer<typeof portoneErrorSchema> = {
    message,
    status_code: code,
    status_reason: reasons[code],
    ...(errors && {
      errors: errors.map((wrong) => ({ path: wrong.path, message: wrong.message, status_code: wrong.code })),
    }),
  }
  return Response.json(body, { status, headers })
}

/** Repeats the first wrong field in the message, because many clients log only that. */
export function portoneFieldErrors(errors: PortoneFieldError[]): Response {
  const [first] = errors
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  const message = `${first?.message ?? 'the request is wrong'}${more}`
  return portoneError({ status: 400, code: first?.code ?? '4001', message, errors })
}

export function portoneBodyError({
  status,
  message,
}: {
  status: 400 | 413 | 415
  message: string
}): Response {
  return portoneError({ status, code: '4001', message })
}

export function portoneJson(body: object): Response {
  return Response.json(body, { headers: { 'cache-control': 'no-store' } })
}

/** Whether the path belongs to the global API, which has its own error envelope. */
export function isPortonePath(path: string): boolean {
  return /^\/api\/(paymentLink|merchant)(\/|$)/.test(path)
}
