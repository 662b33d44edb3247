import { readLimited } from '../../platform/read-limited.ts'

export type Body =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; status: 400 | 413 | 415; message: string }

const mostBytes = 64 * 1024

/** The JSON object in the request, or the fields of its form where `form` allows one. */
export async function readBody(request: Request, accept: 'json' | 'json or form'): Promise<Body> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  const isForm = type === 'application/x-www-form-urlencoded' && accept === 'json or form'
  if (type !== 'application/json' && !isForm) {
    const forms = accept === 'json' ? '' : ' or application/x-www-form-urlencoded'
    return { ok: false, status: 415, message: `content-type must be application/json${forms}` }
  }
  const text = await readText(request)
  if (text === 'too large') return { ok: false, status: 413, message: 'the body must be at most 64 KiB' }
  if (text === 'not text') return { ok: false, status: 400, message: 'the body must be UTF-8' }
  if (isForm) return { ok: true, value: Object.fromEntries(new URLSearchParams(text.said)) }
  try {
    const value: unknown = JSON.parse(text.said)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ok: true, value: value as Record<string, unknown> }
  } catch {
    // Told below: text that is no JSON and JSON that is no object are the same mistake.
  }
  return { ok: false, status: 400, message: 'the body must be a JSON object' }
}

/** A server reads no more than is announced, so what is short by its own word is read in one go. */
export async function readText(request: Request): Promise<{ said: string } | 'too large' | 'not text'> {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN)
  try {
    const bytes =
      announced <= mostBytes
        ? new Uint8Array(await request.arrayBuffer())
        : await readLimited(request, mostBytes)
    if (!bytes || bytes.byteLength > mostBytes) return 'too large'
    return { said: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return 'not text'
  }
}
