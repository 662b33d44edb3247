import { z } from 'zod'
import type { IamportResult, Unreadable } from './result.ts'

/** A page waits behind every call: better to say that the result is not known yet. */
const timeoutMs = 5000

const envelope = z.object({
  code: z.number(),
  message: z.string().nullish(),
  response: z.unknown(),
})

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: object
  /** Where five seconds are not enough. */
  patienceMs?: number
  /** A 404 counts only in i'mport's envelope: something in between may not find its way. */
  inWords?: true
}

/** One HTTP exchange. `unauthorized` is told apart, because a new token may help. */
export async function call<Value>(
  outside: { apiUrl: string; fetch: typeof fetch },
  { method, path, body, patienceMs = timeoutMs, inWords }: Call,
  headers: Record<string, string>,
  schema: z.ZodType<Value>,
): Promise<IamportResult<Value> | { ok: false; reason: 'unauthorized' }> {
  let status: number
  let parsed: ReturnType<typeof envelope.safeParse>
  try {
    const response = await outside.fetch(`${outside.apiUrl}${path}`, {
      method,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    status = response.status
    if (status === 401) {
      await response.body?.cancel()
      return { ok: false, reason: 'unauthorized' }
    }
    parsed = envelope.safeParse(await response.json().catch(() => undefined))
  } catch {
    return { ok: false, reason: 'unreachable' }
  }
  if (status === 404 && (parsed.success || !inWords)) return { ok: false, reason: 'not_found' }
  if (status >= 500 || status === 429 || !parsed.success) return { ok: false, reason: 'unreachable' }
  const { code, message, response } = parsed.data
  if (code !== 0 || status >= 400)
    return { ok: false, reason: 'refused', message: message ?? `code ${code}, HTTP ${status}` }
  const value = schema.safeParse(response)
  return value.success
    ? { ok: true, value: value.data }
    : { ok: false, reason: 'unreachable', unreadable: unreadableIn(value.error) }
}

/** Names of the invalid fields, without their values. */
export const unreadableIn = ({ issues }: z.ZodError): Unreadable => [
  ...new Set(issues.map(({ path }) => path.join('.') || 'all of it')),
]

/** A question that changes nothing is asked once more where no answer came; an order is not. */
export async function callWithRetry<Value>(
  outside: { apiUrl: string; fetch: typeof fetch; retryDelay: () => Promise<void> },
  wish: Call,
  headers: Record<string, string>,
  schema: z.ZodType<Value>,
): ReturnType<typeof call<Value>> {
  const first = await call(outside, wish, headers, schema)
  if (first.ok || first.reason !== 'unreachable' || first.unreadable || wish.method !== 'GET') return first
  await outside.retryDelay()
  return call(outside, wish, headers, schema)
}
