import type { Room } from '../deps.ts'

/** `GET /healthz`: 503 while the database does not answer, so that a balancer asks elsewhere. */
export async function health({ store, log }: Room): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  try {
    await store.reach()
    return Response.json({ status: 'ok' }, { headers })
  } catch (error) {
    log.error({ event: 'database.unreachable', error: error instanceof Error ? error.stack : error })
    return Response.json({ status: 'database_unreachable' }, { status: 503, headers })
  }
}
