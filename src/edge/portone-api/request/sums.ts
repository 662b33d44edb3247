// Pure: the parts of the amount. Upstream calls `amount` the "Amount to be paid", beside `promo_discount` and
// `shipping_charges`: it includes shipping and excludes the discount. So items = amount − shipping + discount, and the
// lines on the page always add up.
import type { SumLine } from '../../../contract/links/link-extras.ts'

export interface Parts {
  /** All in the minor unit. */
  amount: number
  shipping: number
  discount: number
  promo_code: string | null
  /** Sum of `order_details`, if present. */
  items: number | undefined
}

export type Sum = { ok: true; lines: SumLine[] } | { ok: false; path: string; why: string }

/** @returns no lines if there is nothing besides the amount */
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
  // A code without a discount is shown, too: it may grant something else.
  if (discount > 0 || promo_code)
    lines.push({ kind: 'discount', amount: discount, ...(promo_code && { code: promo_code }) })
  return { ok: true, lines }
}
