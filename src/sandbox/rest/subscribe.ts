import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { cardOf, cardShape, findObjection, hasNoMoney, maskOf, noMoney } from '../engine/billing-card.ts'
import { charge } from '../engine/billing-charge.ts'
import { issueKey } from '../engine/billing-key.ts'
import { channels } from '../engine/channels.ts'
import type { World } from '../engine/context.ts'
import { announce } from '../engine/notice.ts'
import { type Order, readOrder } from '../engine/order.ts'
import { laterOf } from '../engine/wait-until.ts'
import { channelOf } from './channel.ts'
import { answer, refuseCall } from './envelope.ts'
import { readFields } from './fields.ts'

const order = z.looseObject({
  merchant_uid: z.string().min(1).max(40),
  amount: z.coerce.number().positive(),
  customer_uid: z.string().min(1).max(80).nullish(),
  channel_key: z.string().nullish(),
  pg: z.string().nullish(),
})
const onetime = order.extend(cardShape.shape)
const again = order.extend({ customer_uid: z.string().min(1).max(80), name: z.string().min(1).max(40) })

const wrong = (error: z.ZodError) => `${error.issues[0]?.path.join('.')} 값이 올바르지 않아요.`

/** Payments without a window. A refusal by the card company is a `failed` payment under `code` 0, as upstream says. */
export function subscribeRoutes(world: World): Hono {
  const routes = new Hono()

  function orderOf(fields: object, provider: string): Order | string {
    const read = readOrder(fields, provider)
    if (!read.ok) return `${read.field} 값이 올바르지 않아요.`
    const { merchant_uid, amount } = read.order
    if (world.ledger.list({ merchantUid: merchant_uid, status: 'paid' }).length > 0)
      return '이미 결제가 이루어진 merchant_uid예요.'
    const prepared = world.prepared.get(merchant_uid)
    return prepared && prepared.amount !== amount ? '결제 금액이 등록된 금액과 달라요.' : read.order
  }

  const baseOf = (c: Context) => c.req.url.slice(0, c.req.url.indexOf('/api/subscribe/'))

  routes.post('/onetime', async (c) => {
    const fields = onetime.safeParse(await readFields(c))
    if (!fields.success) return refuseCall(c, wrong(fields.error))
    const { data } = fields
    const channel = channelOf(data)
    const read = orderOf(data, channel.pg_provider)
    if (typeof read === 'string') return refuseCall(c, read)
    const card = cardOf(data)
    const mask = maskOf(card.number)
    const isEmpty = hasNoMoney(card.number)
    const objection = findObjection(card, world.now()) ?? (isEmpty ? noMoney : null)
    const usage = data.customer_uid ? 'issue' : null
    const attempt = charge(world, { order: read, channel, card: mask, objection, usage, base: baseOf(c) })
    if (objection === null && data.customer_uid) {
      const { buyer_name: name, buyer_tel: tel, buyer_email: email, buyer_addr: addr } = read
      const holder = { name, tel, email, addr, postcode: read.buyer_postcode }
      const issue = { customer_uid: data.customer_uid, channel, card: mask, holder, isEmpty }
      issueKey(world.keys, { ...issue, now: world.now() })
    }
    if (objection === null) await announce(world, attempt, laterOf(c))
    return answer(c, attempt.payment)
  })

  routes.post('/again', async (c) => {
    const fields = again.safeParse(await readFields(c))
    if (!fields.success) return refuseCall(c, wrong(fields.error))
    const key = world.keys.get(fields.data.customer_uid)
    if (!key) return refuseCall(c, '등록된 빌링키가 없는 customer_uid예요.')
    const { pg_provider, card_name, card_code, card_number, card_type } = key.customer
    const channel = channels.find((one) => one.pg_provider === pg_provider) ?? channels[0]
    const read = orderOf(fields.data, pg_provider)
    if (typeof read === 'string') return refuseCall(c, read)
    const card = { card_name, card_code, card_number, card_type }
    const objection = key.isEmpty ? noMoney : null
    const attempt = charge(world, {
      order: read,
      channel,
      card,
      objection,
      usage: 'payment',
      base: baseOf(c),
    })
    if (objection === null) await announce(world, attempt, laterOf(c))
    return answer(c, attempt.payment)
  })

  return routes
}
