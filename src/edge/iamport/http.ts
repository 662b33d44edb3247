import { z } from 'zod'
import type { IamportResult, Unreadable } from './result.ts'

/** Short, because a customer waits for every call. */
const defaultTimeoutMs = 5000

const envelope = z.object({
  code: z.number(),
  message: z.string().nullish(),
  response: z.unknown(),
})

export type Call = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: object
  timeoutMs?: number
  /** A 404 counts as `not_found` only with i'mport's envelope; a proxy's own 404 counts as unreachable. */
  requiresEnvelope?: true
}

/** One HTTP exchange. Reports `unauthorized` separately, because a new token may help. */
export async function call<Value>(
  client: { apiUrl: string; fetch: typeof fetch },
  { method, path, body, timeoutMs = defaultTimeoutMs, requiresEnvelope }: Call,
  headers: Record<string, string>,
  schema: z.ZodType<Value>,
): Promise<IamportResult<Value> | { ok: false; reason: 'unauthorized' }> {
  let status: number
  let parsed: ReturnType<typeof envelope.safeParse>
  try {
    const response = await client.fetch(`${client.apiUrl}${path}`, {
      method,
      headers: body ? { ...headers, 'content-type': 'application/json' } : headers,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
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
  if (status === 404 && (parsed.success || !requiresEnvelope)) return { ok: false, reason: 'not_found' }
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

/** Retries a GET once if i'mport is unreachable. Other methods are not retried: they may have taken effect. */
export async function callWithRetry<Value>(
  client: { apiUrl: string; fetch: typeof fetch; retryDelay: () => Promise<void> },
  request: Call,
  headers: Record<string, string>,
  schema: z.ZodType<Value>,
): ReturnType<typeof call<Value>> {
  const first = await call(client, request, headers, schema)
  if (first.ok || first.reason !== 'unreachable' || first.unreadable || request.method !== 'GET') return first
  await client.retryDelay()
  return call(client, request, headers, schema)
}
