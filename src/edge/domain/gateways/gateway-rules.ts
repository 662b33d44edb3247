// Pure: rejects links that their gateway would refuse, so that the merchant sees the error instead of the customer. Only
// rules that PortOne's documentation of the gateway states.
import { type CurrencyCode, currencyOf } from '../../../contract/money/currency.ts'
import { providerOf } from './gateway.ts'

export interface GatewayRuleInput {
  merchant_uid?: string | undefined
  name?: string | undefined
  /** In the minor unit. */
  amount?: number | undefined
  tax_free?: number | undefined
  currency?: CurrencyCode | undefined
  buyer_name?: string | undefined
  buyer_email?: string | undefined
}

type Rule = (link: GatewayRuleInput, pay_method: string) => { path: string; message: string } | undefined

export interface BrokenRule {
  path: string
  message: string
  /** The page passes a substitute value to the window, so the link still works. */
  hasStandIn?: true
}

const requireField =
  (path: 'buyer_name' | 'buyer_email'): Rule =>
  (link) =>
    link[path] === undefined ? { path, message: 'is required by' } : undefined

const plainOrderNumber: Rule = ({ merchant_uid }) =>
  merchant_uid === undefined || /^[0-9A-Za-z]+$/.test(merchant_uid)
    ? undefined
    : { path: 'merchant_uid', message: 'must be letters and digits only for' }

const minimumWon =
  (won: number): Rule =>
  ({ amount, currency }) =>
    currency === 'KRW' && amount !== undefined && amount > 0 && amount < won
      ? { path: 'amount', message: `must be at least ${won} KRW for` }
      : undefined

const onlyCurrencies =
  (...codes: CurrencyCode[]): Rule =>
  ({ currency }) =>
    currency === undefined || codes.includes(currency)
      ? undefined
      : { path: 'currency', message: `must be ${codes.join(', ')} for` }

const wholeAmount: Rule = ({ amount, currency }) =>
  amount === undefined || currency === undefined || amount % 10 ** currencyOf(currency).exponent === 0
    ? undefined
    : { path: 'amount', message: 'must be a whole number for' }

/** The gateway requires a field that links do not have. */
const unsupportedField =
  (field: string): Rule =>
  () => ({ path: 'pg', message: `needs ${field}, which a link cannot carry, for` })

// NICE limits bytes in an undocumented encoding. EUC-KR is the shortest, so a name too long in it is always too long.
const niceName: Rule = ({ name }) => {
  if (name === undefined) return undefined
  if (/[%&|$\-+=[\]]/.test(name)) return { path: 'name', message: 'must not contain % & | $ - + = [ ] for' }
  const bytes = [...name].reduce((sum, character) => sum + (character < '\u0080' ? 1 : 2), 0)
  return bytes > 40 ? { path: 'name', message: `must be at most 40 bytes, not ${bytes}, for` } : undefined
}

const rules: Record<string, readonly Rule[]> = {
  smartro_v2: [plainOrderNumber],
  payletter_global: [plainOrderNumber, requireField('buyer_email')],
  nice_v2: [
    niceName,
    onlyCurrencies('KRW', 'USD'),
    (_, pay_method) =>
      pay_method === 'naverpay'
        ? { path: 'pay_method', message: 'must be naverpay_card or naverpay_point for' }
        : undefined,
  ],
  naverpay: [unsupportedField('naverProducts')],
  danal_tpay: [
    (link, pay_method) =>
      pay_method === 'vbank' ? unsupportedField('biz_num')(link, pay_method) : undefined,
  ],
  mobilians: [minimumWon(100)],
  tosspayments: [requireField('buyer_name')],
  ksnet: [requireField('buyer_name')],
  paymentwall: [requireField('buyer_email'), requireField('buyer_name'), wholeAmount],
  paypal_v2: [
    ({ currency }) => (currency === 'KRW' ? { path: 'currency', message: 'must not be KRW for' } : undefined),
    ({ tax_free }) => (tax_free ? { path: 'tax_free', message: 'must be 0 for' } : undefined),
  ],
  eximbay: [onlyCurrencies('KRW', 'USD', 'EUR', 'GBP', 'JPY', 'THB', 'SGD', 'RUB', 'HKD', 'CAD', 'AUD')],
}

/** tosspayments requires a buyer name, but i'mport's own sample has none; the page substitutes one. */
export const takesBuyerNameStandIn = ({ provider }: { provider?: string | undefined }): boolean =>
  provider === 'tosspayments'

/** @param methods `path` is the method's place in the request (`pay_methods.0`) */
export function checkGatewayRules(
  link: GatewayRuleInput,
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
