import type { AppContext } from '../../context.ts'
import { authenticate } from '../../http/request/authenticate.ts'
import { merchantError } from '../../http/response/merchant-response.ts'

/**
 * `DELETE /subscribe/customers/{customer_uid}`: deletes the billing key at i'mport, by i'mport's own route. Only for
 * customer_uids of the merchant's links.
 */
export async function handleDeleteCard(
  context: AppContext,
  request: Request,
  customer_uid: string,
): Promise<Response> {
  const auth = await authenticate(context, request, false)
  if (!auth.ok) return merchantError(auth.refusal)
  const { merchant, tier } = auth.caller
  if (!merchant) throw new Error('a card is never deleted openly')
  const named = { user_code: merchant.user_code, tier, customer_uid }
  const tiers = await context.store.findTiersOf(named)
  const [own] = tiers
  if (own === undefined)
    return merchantError({ status: 404, message: 'no link registers a card under this customer_uid' })
  const message = 'customer_uid is used by several tiers: name one in Tier'
  if (tiers.length > 1) return merchantError({ status: 400, message, errors: [{ path: 'Tier', message }] })
  const deleted = await context.iamport.deleteKey({ merchant, tier: own }, customer_uid)
  if (!deleted.ok && deleted.reason === 'unreachable')
    return merchantError({
      status: 503,
      message: "i'mport did not answer: whether the card is deleted is not known; try again",
    })
  if (!deleted.ok && deleted.reason === 'refused')
    return merchantError({ status: 409, message: `i'mport refused to delete the card: ${deleted.message}` })
  // Also for `not_found`: the key may have been deleted elsewhere.
  await context.store.markDeleted({ ...named, tier: own }, context.now())
  if (!deleted.ok)
    return merchantError({ status: 404, message: 'no card is registered under this customer_uid' })
  context.log.info({ event: 'card.deleted', user_code: merchant.user_code })
  return Response.json(
    { code: 0, message: null, response: deleted.value },
    { headers: { 'cache-control': 'no-store' } },
  )
}
