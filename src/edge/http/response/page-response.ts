// Responses of the page's endpoints; maps each failure to its HTTP status.
import type { PageFailure } from '../../../contract/links/checkout.ts'
import { cacheUnknown, NO_STORE } from './cache-control.ts'

const statuses: Record<PageFailure['reason'], number> = {
  not_found: 404,
  bad_request: 400,
  not_open: 409,
  too_many_requests: 429,
  upstream_unavailable: 503,
  upstream_refused: 502,
  unavailable: 503,
  internal: 500,
}

const noStore = { 'cache-control': NO_STORE }

/** Headers of a link's view. CORS allows any origin, because the page may be hosted elsewhere. */
export const viewHeaders = {
  'content-type': 'application/json',
  ...noStore,
  'access-control-allow-origin': '*',
}

export function json(body: object): Response {
  return Response.json(body, { headers: noStore })
}

export function noContent(): Response {
  return new Response(null, { status: 204, headers: noStore })
}

export function pageError(failure: PageFailure, status: number = statuses[failure.reason]): Response {
  const later = 'retry_after' in failure ? { 'retry-after': String(failure.retry_after) } : {}
  return Response.json(failure, { status, headers: { ...noStore, ...later } })
}

/** 404 for a page's URL. */
export function unknownLink(id: string): Response {
  const { not_found: status } = statuses
  return Response.json({ reason: 'not_found' }, { status, headers: { 'cache-control': cacheUnknown(id) } })
}
