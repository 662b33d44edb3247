// Pure: parses `pg` (`provider`, `provider.mid`, or a bare merchant id) and matches payments to methods.
import type { Payment } from '../../iamport/payment.ts'
import type { GatewayCheck, LinkMethod } from '../links/link.ts'

/** i'mport's gateway codes, from its code table, SDKs and typings. */
const providers = new Set(
  `alipay bluewalnut chai danal danal_tpay daou eximbay galaxia html5_inicis hyphen inicis inicis_jp
  inicis_unified jtnet kakaopay kcp kcp_billing kcp_quick kicc kicc_v2 kpn ksnet mobilians naverco naverpay
  nice nice_v2 payco payletter_global paymentwall paypal paypal_v2 settle settle_acc smartro smartro_v2
  smilepay syrup toss_brandpay tosspay tosspay_v2 tosspayments uplus welcome`.split(/\s+/),
)

/** The gateway's code; undefined for a bare merchant id, as in i'mport's own sample. */
export function providerOf(pg: string | undefined): string | undefined {
  const [head = '', ...rest] = (pg ?? '').split('.')
  return providers.has(head) || (head !== '' && rest.length > 0) ? head : undefined
}

type Paid = Pick<Payment, 'pg_provider' | 'pg_id' | 'pay_method'>

function matchesMethod(method: LinkMethod, { pg_provider, pg_id }: Paid): boolean {
  const { pg } = method
  if (!pg) return false
  const provider = providerOf(pg)
  if (!provider) return pg === pg_id
  if (provider !== pg_provider) return false
  return pg === provider || pg_id === null || pg === `${provider}.${pg_id}`
}

/** Only i'mport knows the gateway of a channel key and of the store's default channel. */
const isHidden = ({ pg, channelKey }: LinkMethod) => channelKey !== undefined || pg === undefined

/** i'mport silently uses the store's first channel for an unknown `pg`; such a payment is `unlisted`. */
export function checkPaidGateway(methods: LinkMethod[], payment: Paid): GatewayCheck {
  if (methods.some((method) => matchesMethod(method, payment))) return 'listed'
  const hidden = methods.some(isHidden)
  return hidden || payment.pg_provider === null ? 'unknown' : 'unlisted'
}

/**
 * The link's method that a payment used. Wallets may report a different `pay_method` than requested.
 * @param lastOpened key of the method that the customer opened last
 */
export function findPaidMethod(
  methods: LinkMethod[],
  payment: Paid,
  lastOpened: string | undefined,
): LinkMethod | undefined {
  const possible = methods.filter((method) => matchesMethod(method, payment) || isHidden(method))
  const exact = possible.filter((method) => method.pay_method === payment.pay_method)
  const last = possible.find((method) => method.key === lastOpened)
  if (last && (exact.length === 0 || exact.includes(last))) return last
  return exact[0] ?? (possible.length === 1 ? possible[0] : undefined)
}
