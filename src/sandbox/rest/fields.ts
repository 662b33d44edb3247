import type { Context } from 'hono'

/** Fields of a JSON or form body (upstream accepts both); {} if it cannot be parsed. */
export async function readBodyFields(c: Context): Promise<Record<string, unknown>> {
  const json = c.req.header('content-type')?.includes('json')
  const body: unknown = await (json ? c.req.json() : c.req.parseBody()).catch(() => null)
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
}
