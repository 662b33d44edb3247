import type { AppContext } from '../../context.ts'
import { disableLink } from '../../features/links/disable-link.ts'
import { authenticate } from '../../http/request/authenticate.ts'
import { findMerchantLink } from '../../http/request/find-merchant-link.ts'
import { merchantError } from '../../http/response/merchant-response.ts'

/** `PUT /api/supplements/v1/link/payment/{id}`. Idempotent: 200 if the link is already disabled or expired. */
export async function handleDisableLink(
  context: AppContext,
  request: Request,
  id: string,
): Promise<Response> {
  const auth = await authenticate(context, request, true)
  if (!auth.ok) return merchantError(auth.refusal)
  const ended = await disableLink(context, () => findMerchantLink(context, id, auth.caller))
  switch (ended) {
    case 'ended':
      return Response.json({}, { headers: { 'cache-control': 'no-store' } })
    case 'no such link':
      return merchantError({ status: 404, message: 'no such link' })
    case 'paid':
    case 'refunded':
    case 'registered':
      return merchantError({ status: 409, message: `the link is ${ended} and can no longer be disabled` })
    case 'busy':
      return merchantError({ status: 409, message: 'the link is changing at this moment: try again' })
  }
}
