// Pure: gateways as a method names them (`provider`, `provider.mid`, or a bare merchant id).
import type { Payment } from '../../iamport/payment.ts'
import type { GatewayCheck, LinkMethod } from '../links/link.ts'

/** i'mport's gateway codes (its code table, SDKs and typings together). */
const providers = new Set(
  `alipay bluewalnut chai danal danal_tpay daou eximbay galaxia html5_inicis hyphen inicis inicis_jp
  inicis_unified jtnet kakaopay kcp kcp_billing kcp_quick kicc kicc_v2 kpn ksnet mobilians naverco naverpay
  nice nice_v2 payco payletter_global paymentwall paypal paypal_v2 settle settle_acc smartro smartro_v2
  smilepay syrup toss_brandpay tosspay tosspay_v2 tosspayments uplus welcome`.split(/\s+/),
)

/** The gateway's code, where the text names one; the reference's own sample gives only a merchant id. */
export function providerOf(pg: string | undefined): string | undefined {
  const [head = '', ...rest] = (pg ?? '').split('.')
  return providers.has(head) || (head !== '' && rest.length > 0) ? head : undefined
}

type Paid = Pick<Payment, 'pg_provider' | 'pg_id' | 'pay_method'>

function fits(method: LinkMethod, { pg_provider, pg_id }: Paid): boolean {
  const { pg } = method
  if (!pg) return false
  const provider = providerOf(pg)
  if (!provider) return pg === pg_id
  if (provider !== pg_provider) return false
  return pg === provider || pg_id === null || pg === `${provider}.${pg_id}`
}

/** Its gateway is known to i'mport alone: it stands behind a channel key, or is the store's first channel. */
const isHidden = ({ pg, channelKey }: LinkMethod) => channelKey !== undefined || pg === undefined

/** An unknown `pg` falls back to the store's first channel without a word: that is what `unlisted` finds. */
export function checkPaidGateway(methods: LinkMethod[], payment: Paid): GatewayCheck {
  if (methods.some((method) => fits(method, payment))) return 'listed'
  const hidden = methods.some(isHidden)
  return hidden || payment.pg_provider === null ? 'unknown' : 'unlisted'
}

/** Which of the link's methods was it? Wallets may report another `pay_method` than was asked for. */
export function formatMethod(
  methods: LinkMethod[],
  payment: Paid,
  lastOpened: string | undefined,
): LinkMethod | undefined {
  const possible = methods.filter((method) => fits(method, payment) || isHidden(method))
  const exact = possible.filter((method) => method.pay_method === payment.pay_method)
  const last = possible.find((method) => method.key === lastOpened)
  if (last && (exact.length === 0 || exact.includes(last))) return last
  return exact[0] ?? (possible.length === 1 ? possible[0] : undefined)
}
