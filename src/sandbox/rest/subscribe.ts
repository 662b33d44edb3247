import { type Context, Hono } from 'hono'
import { z } from 'zod'
import {
  cardShape,
  findCardError,
  hasInsufficientFunds,
  insufficientFundsMessage,
  maskCard,
  toCard,
} from '../engine/billing-card.ts'
import { charge } from '../engine/billing-charge.ts'
import { issueBillingKey } from '../engine/billing-key.ts'
import { channels } from '../engine/channels.ts'
import type { SandboxContext } from '../engine/context.ts'
import { sendNotices } from '../engine/notice.ts'
import { type Order, parseOrder } from '../engine/order.ts'
import { waitUntilOf } from '../engine/wait-until.ts'
import { findChannelOrDefault } from './channel.ts'
import { failure, success } from './envelope.ts'
import { readBodyFields } from './fields.ts'

const orderFields = z.looseObject({
  merchant_uid: z.string().min(1).max(40),
  amount: z.coerce.number().positive(),
  customer_uid: z.string().min(1).max(80).nullish(),
  channel_key: z.string().nullish(),
  pg: z.string().nullish(),
})
const onetimeFields = orderFields.extend(cardShape.shape)
const againFields = orderFields.extend({
  customer_uid: z.string().min(1).max(80),
  name: z.string().min(1).max(40),
})

const invalidField = (error: z.ZodError) => `${error.issues[0]?.path.join('.')} 값이 올바르지 않아요.`

/** Payments without a window. As upstream, a card decline is a `failed` payment with `code` 0. */
export function subscribeRoutes(context: SandboxContext): Hono {
  const routes = new Hono()

  function validateOrder(fields: object, provider: string): Order | string {
    const parsed = parseOrder(fields, provider)
    if (!parsed.ok) return `${parsed.field} 값이 올바르지 않아요.`
    const { merchant_uid, amount } = parsed.order
    if (context.ledger.list({ merchantUid: merchant_uid, status: 'paid' }).length > 0)
      return '이미 결제가 이루어진 merchant_uid예요.'
    const registered = context.registeredAmounts.get(merchant_uid)
    return registered && registered.amount !== amount ? '결제 금액이 등록된 금액과 달라요.' : parsed.order
  }

  const baseUrlOf = (c: Context) => c.req.url.slice(0, c.req.url.indexOf('/api/subscribe/'))

  routes.post('/onetime', async (c) => {
    const fields = onetimeFields.safeParse(await readBodyFields(c))
    if (!fields.success) return failure(c, invalidField(fields.error))
    const { data } = fields
    const channel = findChannelOrDefault(data)
    const order = validateOrder(data, channel.pg_provider)
    if (typeof order === 'string') return failure(c, order)
    const card = toCard(data)
    const mask = maskCard(card.number)
    const lacksFunds = hasInsufficientFunds(card.number)
    const declineReason = findCardError(card, context.now()) ?? (lacksFunds ? insufficientFundsMessage : null)
    const usage = data.customer_uid ? 'issue' : null
    const attempt = charge(context, {
      order,
      channel,
      card: mask,
      declineReason,
      usage,
      baseUrl: baseUrlOf(c),
    })
    if (declineReason === null && data.customer_uid) {
      const { buyer_name: name, buyer_tel: tel, buyer_email: email, buyer_addr: addr } = order
      const holder = { name, tel, email, addr, postcode: order.buyer_postcode }
      const issue = {
        customer_uid: data.customer_uid,
        channel,
        card: mask,
        holder,
        hasInsufficientFunds: lacksFunds,
      }
      issueBillingKey(context.billingKeys, { ...issue, now: context.now() })
    }
    if (declineReason === null) await sendNotices(context, attempt, waitUntilOf(c))
    return success(c, attempt.payment)
  })

  routes.post('/again', async (c) => {
    const fields = againFields.safeParse(await readBodyFields(c))
    if (!fields.success) return failure(c, invalidField(fields.error))
    const key = context.billingKeys.get(fields.data.customer_uid)
    if (!key) return failure(c, '등록된 빌링키가 없는 customer_uid예요.')
    const { pg_provider, card_name, card_code, card_number, card_type } = key.customer
    const channel = channels.find((one) => one.pg_provider === pg_provider) ?? channels[0]
    const order = validateOrder(fields.data, pg_provider)
    if (typeof order === 'string') return failure(c, order)
    const card = { card_name, card_code, card_number, card_type }
    const declineReason = key.hasInsufficientFunds ? insufficientFundsMessage : null
    const attempt = charge(context, {
      order,
      channel,
      card,
      declineReason,
      usage: 'payment',
      baseUrl: baseUrlOf(c),
    })
    if (declineReason === null) await sendNotices(context, attempt, waitUntilOf(c))
    return success(c, attempt.payment)
  })

  return routes
}
