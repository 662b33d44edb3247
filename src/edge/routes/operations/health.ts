import type { AppContext } from '../../context.ts'
import { logError } from '../../platform/observability/log-error.ts'

/** `GET /healthz`: 503 if the database does not answer, so that a load balancer uses another instance. */
export async function handleHealth({ store, log }: AppContext): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  try {
    await store.ping()
    return Response.json({ status: 'ok' }, { headers })
  } catch (error) {
    logError(log, { event: 'database.unreachable' }, error)
    return Response.json(
      { status: 'database_unreachable' },
      { status: 503, headers: { ...headers, 'retry-after': '5' } },
    )
  }
}
