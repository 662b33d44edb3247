import { type Channel, userCode } from '../engine/channels.ts'
import type { World } from '../engine/context.ts'
import type { Attempt } from '../engine/ledger.ts'
import { readOrder } from '../engine/order.ts'
import { findDemand } from '../engine/order-rules.ts'
import { startPayment } from '../engine/payment.ts'
import { randomDigits, randomHex } from '../engine/random.ts'
import { decideWay, deviceOf, isNewer } from '../engine/window-modes.ts'

export interface Opening {
  userCode: unknown
  channel: Channel | undefined
  params: unknown
  /** of the merchant's page, as the browser states it */
  origin: string
  userAgent: string
}

export type Opened = { ok: true; attempt: Attempt } | { ok: false; code: string; message: string }

const refusal = (code: string, message: string): Opened => ({ ok: false, code, message })

const isOrigin = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

function newUid(world: World): string {
  const uid = `imp_${randomDigits(12)}`
  return world.ledger.find(uid) ? newUid(world) : uid
}

/** Whatever can be known to be wrong is refused here, before the customer sees a window. */
export function openWindow(world: World, opening: Opening): Opened {
  const { channel, origin, params } = opening
  if (opening.userCode !== userCode) return refusal('F1001', '가맹점 식별코드를 찾을 수 없어요.')
  if (!channel) return refusal('F400', '등록되지 않은 채널이에요.')
  if (!isOrigin(origin)) return refusal('F400', '결제를 요청한 페이지를 알 수 없어요.')
  const provider = channel.pg_provider
  const read = readOrder(params, provider)
  if (!read.ok) return refusal('F400', `${read.field} 값이 올바르지 않아요.`)
  const { order } = read
  const demand = findDemand(provider, order)
  if (demand !== null) return refusal('F400', demand)
  if (isNewer(provider, order) && typeof (params as { amount: unknown }).amount !== 'number')
    return refusal('F400', 'amount는 숫자여야 해요.')
  if (world.ledger.list({ merchantUid: order.merchant_uid, status: 'paid' }).length > 0)
    return refusal('F1002', '이미 결제된 주문이에요.')
  const prepared = world.prepared.get(order.merchant_uid)
  if (prepared && prepared.amount !== order.amount)
    return refusal('F400', `결제 금액이 등록된 금액(${prepared.amount})과 달라요.`)
  if (prepared?.currency && prepared.currency !== order.currency)
    return refusal('F400', `결제 통화가 등록된 통화(${prepared.currency})와 달라요.`)

  const device = deviceOf(opening.userAgent)
  const way = decideWay(provider, device, order)
  if (way === 'top' && isNewer(provider, order) && !order.m_redirect_url)
    return refusal('F400', '모바일 결제에는 m_redirect_url이 필요해요.')
  const now = world.now()
  const start = { imp_uid: newUid(world), channel, device, userAgent: opening.userAgent.slice(0, 500), now }
  const payment = startPayment(order, start)
  return {
    ok: true,
    attempt: world.ledger.add({ key: randomHex(32), order, channel, way, origin, payment }, now),
  }
}
