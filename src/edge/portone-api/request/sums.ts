// Pure: what the amount is made of. Upstream's table calls `amount` the "Amount to be paid", beside
// `promo_discount` and `shipping_charges` of the same request: shipping is in it, the discount is off it already.
// So the items are amount − shipping + discount, and no sum that the page shows can fail to add up.
import type { SumLine } from '../../../contract/links/link-extras.ts'

export interface Parts {
  /** All in the minor unit. */
  amount: number
  shipping: number
  discount: number
  promo_code: string | null
  /** What the items of `order_details` come to, where the request lists them. */
  items: number | undefined
}

export type Sum = { ok: true; lines: SumLine[] } | { ok: false; path: string; why: string }

/** @returns no lines where the amount is all there is to say */
export function addUp({ amount, shipping, discount, promo_code, items }: Parts): Sum {
  const rest = amount - shipping + discount
  if (rest < 0)
    return {
      ok: false,
      path: 'merchant_details.shipping_charges',
      why: 'shipping_charges must be at most amount + promo_discount: the amount to be paid contains them',
    }
  if (items !== undefined && items !== rest)
    return {
      ok: false,
      path: 'order_details',
      why: 'order_details do not add up: items + shipping_charges - promo_discount must be the amount',
    }
  if (shipping === 0 && discount === 0 && !promo_code) return { ok: true, lines: [] }
  const lines: SumLine[] = [{ kind: 'items', amount: rest }]
  if (shipping > 0) lines.push({ kind: 'shipping', amount: shipping })
  // A code may bring something else than money, and is told all the same.
  if (discount > 0 || promo_code)
    lines.push({ kind: 'discount', amount: discount, ...(promo_code && { code: promo_code }) })
  return { ok: true, lines }
}
