// Pure: what a gateway is known to refuse, told to the merchant at creation instead of to the customer
// in the window. Only what PortOne's pages for the gateway state; sources in the shared facts, "PG-specific needs".
import { type CurrencyCode, currencyOf } from '../../../contract/money/currency.ts'
import { providerOf } from './gateway.ts'

export interface Bespoke {
  merchant_uid?: string | undefined
  name?: string | undefined
  /** Minor unit. */
  amount?: number | undefined
  tax_free?: number | undefined
  currency?: CurrencyCode | undefined
  buyer_name?: string | undefined
  buyer_email?: string | undefined
}

type Rule = (link: Bespoke, pay_method: string) => { path: string; message: string } | undefined

export interface BrokenRule {
  path: string
  message: string
  /** The window is handed something else instead. */
  hasStandIn?: true
}

const need =
  (path: 'buyer_name' | 'buyer_email'): Rule =>
  (link) =>
    link[path] === undefined ? { path, message: 'is required by' } : undefined

const plainOrderNumber: Rule = ({ merchant_uid }) =>
  merchant_uid === undefined || /^[0-9A-Za-z]+$/.test(merchant_uid)
    ? undefined
    : { path: 'merchant_uid', message: 'must be letters and digits only for' }

const least =
  (won: number): Rule =>
  ({ amount, currency }) =>
    currency === 'KRW' && amount !== undefined && amount > 0 && amount < won
      ? { path: 'amount', message: `must be at least ${won} KRW for` }
      : undefined

const only =
  (...codes: CurrencyCode[]): Rule =>
  ({ currency }) =>
    currency === undefined || codes.includes(currency)
      ? undefined
      : { path: 'currency', message: `must be ${codes.join(', ')} for` }

const wholeAmount: Rule = ({ amount, currency }) =>
  amount === undefined || currency === undefined || amount % 10 ** currencyOf(currency).exponent === 0
    ? undefined
    : { path: 'amount', message: 'must be a whole number for' }

/** What a link has no field for: the window would refuse every customer. */
const unpayable =
  (field: string): Rule =>
  () => ({ path: 'pg', message: `needs ${field}, which a link cannot carry, for` })

// NICE counts bytes and does not say of which encoding: EUC-KR is the shortest, so what is too long there is too long.
const niceName: Rule = ({ name }) => {
  if (name === undefined) return undefined
  if (/[%&|$\-+=[\]]/.test(name)) return { path: 'name', message: 'must not contain % & | $ - + = [ ] for' }
  const bytes = [...name].reduce((sum, character) => sum + (character < '\u0080' ? 1 : 2), 0)
  return bytes > 40 ? { path: 'name', message: `must be at most 40 bytes, not ${bytes}, for` } : undefined
}

const rules: Record<string, readonly Rule[]> = {
  smartro_v2: [plainOrderNumber],
  payletter_global: [plainOrderNumber, need('buyer_email')],
  nice_v2: [
    niceName,
    only('KRW', 'USD'),
    (_, pay_method) =>
      pay_method === 'naverpay'
        ? { path: 'pay_method', message: 'must be naverpay_card or naverpay_point for' }
        : undefined,
  ],
  naverpay: [unpayable('naverProducts')],
  danal_tpay: [
    (link, pay_method) => (pay_method === 'vbank' ? unpayable('biz_num')(link, pay_method) : undefined),
  ],
  mobilians: [least(100)],
  tosspayments: [need('buyer_name')],
  ksnet: [need('buyer_name')],
  paymentwall: [need('buyer_email'), need('buyer_name'), wholeAmount],
  paypal_v2: [
    ({ currency }) => (currency === 'KRW' ? { path: 'currency', message: 'must not be KRW for' } : undefined),
    ({ tax_free }) => (tax_free ? { path: 'tax_free', message: 'must be 0 for' } : undefined),
  ],
  eximbay: [only('KRW', 'USD', 'EUR', 'GBP', 'JPY', 'THB', 'SGD', 'RUB', 'HKD', 'CAD', 'AUD')],
}

/** Upstream's own sample has no name for tosspayments, whose window refuses to open without one. */
export const takesBuyerNameStandIn = ({ provider }: { provider?: string | undefined }): boolean =>
  provider === 'tosspayments'

/** @param methods each with its place in the request (`pay_methods.0`) */
export function checkGatewayRules(
  link: Bespoke,
  methods: { path: string; pg?: string | undefined; pay_method: string }[],
): BrokenRule[] {
  const problems = new Map<string, BrokenRule>()
  for (const method of methods) {
    const provider = providerOf(method.pg)
    if (!provider || !Object.hasOwn(rules, provider)) continue
    for (const rule of rules[provider] ?? []) {
      const broken = rule(link, method.pay_method)
      if (!broken) continue
      const isMethod = broken.path === 'pay_method' || broken.path === 'pg'
      const path = isMethod ? `${method.path}.${broken.path}` : broken.path
      const message = `${broken.path} ${broken.message} ${provider}`
      const hasStandIn = path === 'buyer_name' && takesBuyerNameStandIn({ provider })
      problems.set(`${path} ${message}`, { path, message, ...(hasStandIn && { hasStandIn }) })
    }
  }
  return [...problems.values()]
}
