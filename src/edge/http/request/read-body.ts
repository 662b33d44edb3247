import { readLimited } from '../../platform/read-limited.ts'

export type Body =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; status: 400 | 413 | 415; message: string }

const maxBytes = 64 * 1024

/** Reads a JSON object, or a form's fields if allowed. At most 64 KiB. */
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
  if (isForm) return { ok: true, value: Object.fromEntries(new URLSearchParams(text.content)) }
  try {
    const value: unknown = JSON.parse(text.content)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { ok: true, value: value as Record<string, unknown> }
  } catch {
    // Falls through: invalid JSON and JSON that is no object get the same error.
  }
  return { ok: false, status: 400, message: 'the body must be a JSON object' }
}

/** Reads in one go if Content-Length is small, because the host reads no more than announced; else with a limit. */
export async function readText(request: Request): Promise<{ content: string } | 'too large' | 'not text'> {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN)
  try {
    const bytes =
      announced <= maxBytes
        ? new Uint8Array(await request.arrayBuffer())
        : await readLimited(request, maxBytes)
    if (!bytes || bytes.byteLength > maxBytes) return 'too large'
    return { content: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return 'not text'
  }
}
