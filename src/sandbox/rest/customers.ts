import { Hono } from 'hono'
import { z } from 'zod'
import { cardOf, cardShape, findObjection, hasNoMoney, maskOf } from '../engine/billing-card.ts'
import { issueKey } from '../engine/billing-key.ts'
import type { World } from '../engine/context.ts'
import { channelOf } from './channel.ts'
import { answer, refuseCall } from './envelope.ts'
import { readFields } from './fields.ts'

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

/** Longer ones have no place in i'mport's books. */
const longestUid = 80

/** Billing keys, each under the name that the merchant gave it. */
export function customerRoutes(world: World): Hono {
  const routes = new Hono()
  const noKey = '등록된 빌링키가 없는 customer_uid예요.'

  routes.get('/', (c) => {
    const uids = c.req.queries('customer_uid[]') ?? []
    const found = uids.flatMap((uid) => world.keys.get(uid)?.customer ?? [])
    if (found.length === 0) return refuseCall(c, noKey, 404)
    return answer(c, found, found.length < uids.length ? 207 : 200)
  })

  routes.get('/:customer_uid', (c) => {
    const key = world.keys.get(c.req.param('customer_uid'))
    return key ? answer(c, key.customer) : refuseCall(c, noKey, 404)
  })

  routes.delete('/:customer_uid', (c) => {
    const uid = c.req.param('customer_uid')
    const key = world.keys.get(uid)
    if (!key) return refuseCall(c, noKey, 404)
    world.keys.delete(uid)
    return answer(c, key.customer)
  })

  routes.post('/:customer_uid', async (c) => {
    const fields = shape.safeParse(await readFields(c))
    const customer_uid = c.req.param('customer_uid')
    if (!fields.success || customer_uid.length > longestUid)
      return refuseCall(
        c,
        `${fields.error?.issues[0]?.path.join('.') ?? 'customer_uid'} 값이 올바르지 않아요.`,
      )
    const { data } = fields
    const card = cardOf(data)
    const objection = findObjection(card, world.now())
    if (objection) return refuseCall(c, objection)
    const holder = {
      id: data.customer_id,
      name: data.customer_name,
      tel: data.customer_tel,
      email: data.customer_email,
      addr: data.customer_addr,
      postcode: data.customer_postcode,
    }
    const issued = issueKey(world.keys, {
      customer_uid,
      channel: channelOf(data),
      card: maskOf(card.number),
      holder,
      isEmpty: hasNoMoney(card.number),
      now: world.now(),
    })
    return answer(c, issued)
  })

  return routes
}
