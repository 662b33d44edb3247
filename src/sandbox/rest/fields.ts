import type { Context } from 'hono'

/** A body's fields; upstream takes JSON and forms alike, whatever the endpoint. */
export async function readFields(c: Context): Promise<Record<string, unknown>> {
  const json = c.req.header('content-type')?.includes('json')
  const body: unknown = await (json ? c.req.json() : c.req.parseBody()).catch(() => null)
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
}
