import type { Room } from '../../context.ts'
import { logBreak } from '../../platform/observability/log-error.ts'

/** `GET /healthz`: 503 while the database does not answer, so that a balancer asks elsewhere. */
export async function health({ store, log }: Room): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  try {
    await store.reach()
    return Response.json({ status: 'ok' }, { headers })
  } catch (error) {
    logBreak(log, { event: 'database.unreachable' }, error)
    return Response.json(
      { status: 'database_unreachable' },
      { status: 503, headers: { ...headers, 'retry-after': '5' } },
    )
  }
}
