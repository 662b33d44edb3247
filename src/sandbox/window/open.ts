import { type Channel, userCode } from '../engine/channels.ts'
import type { SandboxContext } from '../engine/context.ts'
import type { Attempt } from '../engine/ledger.ts'
import { parseOrder } from '../engine/order.ts'
import { findOrderError } from '../engine/order-rules.ts'
import { startPayment } from '../engine/payment.ts'
import { randomDigits, randomHex } from '../engine/random.ts'
import { decideWindowMode, deviceOf, usesCheckoutService } from '../engine/window-modes.ts'

export interface OpenWindowInput {
  userCode: unknown
  channel: Channel | undefined
  params: unknown
  /** origin of the merchant's page, from the browser */
  origin: string
  userAgent: string
}

export type OpenWindowResult = { ok: true; attempt: Attempt } | { ok: false; code: string; message: string }

const refusal = (code: string, message: string): OpenWindowResult => ({ ok: false, code, message })

const isOrigin = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

function newUid(context: SandboxContext): string {
  const uid = `imp_${randomDigits(12)}`
  return context.ledger.find(uid) ? newUid(context) : uid
}

/** Validates an order and creates the attempt; invalid orders fail before a window opens. */
export function openWindow(context: SandboxContext, input: OpenWindowInput): OpenWindowResult {
  const { channel, origin, params } = input
  if (input.userCode !== userCode) return refusal('F1001', '가맹점 식별코드를 찾을 수 없어요.')
  if (!channel) return refusal('F400', '등록되지 않은 채널이에요.')
  if (!isOrigin(origin)) return refusal('F400', '결제를 요청한 페이지를 알 수 없어요.')
  const provider = channel.pg_provider
  const parsed = parseOrder(params, provider)
  if (!parsed.ok) return refusal('F400', `${parsed.field} 값이 올바르지 않아요.`)
  const { order } = parsed
  const orderError = findOrderError(provider, order)
  if (orderError !== null) return refusal('F400', orderError)
  if (usesCheckoutService(provider, order) && typeof (params as { amount: unknown }).amount !== 'number')
    return refusal('F400', 'amount는 숫자여야 해요.')
  if (context.ledger.list({ merchantUid: order.merchant_uid, status: 'paid' }).length > 0)
    return refusal('F1002', '이미 결제된 주문이에요.')
  const registered = context.registeredAmounts.get(order.merchant_uid)
  if (registered && registered.amount !== order.amount)
    return refusal('F400', `결제 금액이 등록된 금액(${registered.amount})과 달라요.`)
  if (registered?.currency && registered.currency !== order.currency)
    return refusal('F400', `결제 통화가 등록된 통화(${registered.currency})와 달라요.`)

  const device = deviceOf(input.userAgent)
  const windowMode = decideWindowMode(provider, device, order)
  if (windowMode === 'top' && usesCheckoutService(provider, order) && !order.m_redirect_url)
    return refusal('F400', '모바일 결제에는 m_redirect_url이 필요해요.')
  const now = context.now()
  const start = { imp_uid: newUid(context), channel, device, userAgent: input.userAgent.slice(0, 500), now }
  const payment = startPayment(order, start)
  return {
    ok: true,
    attempt: context.ledger.add(
      { windowKey: randomHex(32), order, channel, windowMode, origin, payment },
      now,
    ),
  }
}
