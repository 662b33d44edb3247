import { Hono } from 'hono'
import { z } from 'zod'
import { cardShape, findCardError, hasInsufficientFunds, maskCard, toCard } from '../engine/billing-card.ts'
import { issueBillingKey } from '../engine/billing-key.ts'
import type { SandboxContext } from '../engine/context.ts'
import { findChannelOrDefault } from './channel.ts'
import { failure, success } from './envelope.ts'
import { readBodyFields } from './fields.ts'

const optional = z
  .string()
  .nullish()
  .transform((text) => text || null)

const shape = cardShape.extend({
  channel_key: optional,
  pg: optional,
  customer_id: optional,
  customer_name: optional,
  customer_tel: optional,
  customer_email: optional,
  customer_addr: optional,
  customer_postcode: optional,
})

/** Limit of upstream. */
const maxUidLength = 80

/** Billing keys by `customer_uid`. */
export function customerRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  const noBillingKey = '등록된 빌링키가 없는 customer_uid예요.'

  routes.get('/', (c) => {
    const uids = c.req.queries('customer_uid[]') ?? []
    const found = uids.flatMap((uid) => context.billingKeys.get(uid)?.customer ?? [])
    if (found.length === 0) return failure(c, noBillingKey, 404)
    return success(c, found, found.length < uids.length ? 207 : 200)
  })

  routes.get('/:customer_uid', (c) => {
    const key = context.billingKeys.get(c.req.param('customer_uid'))
    return key ? success(c, key.customer) : failure(c, noBillingKey, 404)
  })

  routes.delete('/:customer_uid', (c) => {
    const uid = c.req.param('customer_uid')
    const key = context.billingKeys.get(uid)
    if (!key) return failure(c, noBillingKey, 404)
    context.billingKeys.delete(uid)
    return success(c, key.customer)
  })

  routes.post('/:customer_uid', async (c) => {
    const fields = shape.safeParse(await readBodyFields(c))
    const customer_uid = c.req.param('customer_uid')
    if (!fields.success || customer_uid.length > maxUidLength)
      return failure(c, `${fields.error?.issues[0]?.path.join('.') ?? 'customer_uid'} 값이 올바르지 않아요.`)
    const { data } = fields
    const card = toCard(data)
    const cardError = findCardError(card, context.now())
    if (cardError) return failure(c, cardError)
    const holder = {
      id: data.customer_id,
      name: data.customer_name,
      tel: data.customer_tel,
      email: data.customer_email,
      addr: data.customer_addr,
      postcode: data.customer_postcode,
    }
    const customer = issueBillingKey(context.billingKeys, {
      customer_uid,
      channel: findChannelOrDefault(data),
      card: maskCard(card.number),
      holder,
      hasInsufficientFunds: hasInsufficientFunds(card.number),
      now: context.now(),
    })
    return success(c, customer)
  })

  return routes
}
