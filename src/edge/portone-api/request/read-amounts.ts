import type { SumLine } from '../../../contract/links/link-extras.ts'
import { type CurrencyCode, isCurrencyCode } from '../../../contract/money/currency.ts'
import { parseAmount } from '../../../contract/money/money.ts'
import type { PortoneFieldError } from '../../http/response/portone-errors.ts'
import { amountErrorMessage } from '../../routes/link-request/amounts.ts'
import type { PortoneLinkFields } from './request.ts'
import { addUp } from './sums.ts'

/** The amount in minor units and its parts; undefined if any is invalid. */
export function readSum(
  { currency, amount, merchant_details, order_details }: Partial<PortoneLinkFields>,
  problems: PortoneFieldError[],
): { amount: number; lines: SumLine[] } | undefined {
  if (!isCurrencyCode(currency)) return undefined
  const before = problems.length
  const read = (path: string, given: unknown) => readMinor(path, given, currency, problems)
  const minor = read('amount', amount)
  if (minor === 0) problems.push(wrong('amount', 'amount must be more than 0'))
  const shipping = read('merchant_details.shipping_charges', merchant_details?.shipping_charges) ?? 0
  const discount = read('merchant_details.promo_discount', merchant_details?.promo_discount) ?? 0
  // Some clients always send the list: an empty one counts as absent.
  const listed = order_details?.length ? order_details : undefined
  const items = listed?.reduce(
    (sum, { quantity, price }, at) => sum + quantity * (read(`order_details.${at}.price`, price) ?? 0),
    0,
  )
  if (problems.length > before || !minor) return undefined
  const sum = addUp({ amount: minor, shipping, discount, promo_code: promoCodeOf(merchant_details), items })
  if (sum.ok) return { amount: minor, lines: sum.lines }
  problems.push(wrong(sum.path, sum.why))
  return undefined
}

/** Upstream's example sends `NA` for none. */
function promoCodeOf(details: PortoneLinkFields['merchant_details']): string | null {
  const code = details?.promo_code
  return code === undefined || /^n\/?a$/i.test(code) ? null : code
}

const wrong = (path: string, message: string): PortoneFieldError => ({ path, message, code: '4041' })

export function readMinor(
  path: string,
  given: unknown,
  currency: CurrencyCode,
  problems: PortoneFieldError[],
): number | undefined {
  if (given === undefined) return undefined
  const parsed = parseAmount(given, currency)
  if (parsed.ok) return parsed.minor
  const name = path.split('.').at(-1)
  problems.push(wrong(path, `${name} ${amountErrorMessage(parsed.problem, currency)}`))
  return undefined
}
