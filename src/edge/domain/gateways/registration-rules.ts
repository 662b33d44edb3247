// Pure: what a gateway does with `customer_uid`, told to the merchant at creation. A gateway that only
// issues keys would charge nothing where the link promises a charge, and the other way round.
// Source: PortOne's table of gateways ("pg" codes, billing keys).

import type { FieldError } from '../field-error.ts'
import type { LinkContent, LinkMethod, RegistrationRequest } from '../links/link.ts'

const keyOnly = new Set(
  'html5_inicis kcp_billing tosspayments kicc smartro_v2 naverpay payco tosspay_v2 paypal_v2'.split(' '),
)
const charging = new Set('danal_tpay danal mobilians kakaopay settle_acc paymentwall'.split(' '))
const gateways = [...keyOnly, ...charging, 'welcome'].join(', ')

type Manner = 'key only' | 'charges' | 'none'

function mannerOf(provider: string, payMethod: string): Manner {
  if (provider === 'welcome') return payMethod === 'phone' ? 'charges' : 'key only'
  if (keyOnly.has(provider)) return 'key only'
  return charging.has(provider) ? 'charges' : 'none'
}

type Placed = LinkMethod & { path: string }
type Asked = Pick<RegistrationRequest, 'customer_id' | 'form'> & { amount: number | undefined }

export function checkRegistration(wish: Asked, methods: Placed[]): FieldError[] {
  const problems = wish.form
    ? checkForm(wish, methods)
    : methods.flatMap((method) => checkWindow(wish, method))
  const named = methods.map(({ provider }) => provider)
  if (named.includes('smartro_v2') && !(wish.customer_id && wish.customer_id.length <= 20))
    problems.push({
      path: 'customer_id',
      message: 'customer_id of at most 20 characters is required by smartro_v2',
    })
  if (wish.form && named.includes('tosspayments') && !wish.customer_id)
    problems.push({ path: 'customer_id', message: 'customer_id is required by tosspayments' })
  return problems
}

/** A gateway that is known by its channel key or merchant id alone is the merchant's to know. */
function checkWindow({ amount }: Asked, { path, provider, pay_method }: Placed): FieldError[] {
  if (pay_method === 'vbank' || pay_method === 'trans')
    return [{ path: `${path}.pay_method`, message: `pay_method ${pay_method} registers no card` }]
  const manner = provider && mannerOf(provider, pay_method)
  if (manner === 'none')
    return [{ path: `${path}.pg`, message: `pg ${provider} registers no cards; these do: ${gateways}` }]
  if (manner === 'charges' && amount === 0)
    return [
      {
        path: 'amount',
        message: `amount must be more than 0 for ${provider}: it registers with a payment only`,
      },
    ]
  if (manner === 'key only' && amount)
    return [
      {
        path: 'amount',
        message: `amount must be 0 or absent for ${provider}: it charges nothing when it registers`,
      },
    ]
  return []
}

/** i'mport takes `channel_key` where a key is issued, and `pg` where a card is charged. */
function checkForm({ amount }: Asked, [method, ...more]: Placed[]): FieldError[] {
  if (!method) return []
  const { path, pay_method, pg, channelKey } = method
  const problems: FieldError[] = []
  if (more.length > 0)
    problems.push({ path: 'pay_methods', message: 'pay_methods must name one method with card_form' })
  if (pay_method !== 'card')
    problems.push({ path: `${path}.pay_method`, message: 'pay_method must be card with card_form' })
  if (amount === 0 && !channelKey)
    problems.push({ path: `${path}.channelKey`, message: 'channelKey is required with card_form' })
  if (amount && !pg)
    problems.push({ path: `${path}.pg`, message: 'pg is required with card_form and an amount' })
  return problems
}

/** Typing a card into our page is for merchants whom the operator allows it. */
export function checkCardForm(
  owner: { card_form?: boolean | undefined },
  content: LinkContent,
): FieldError | undefined {
  if (!content.registration?.form || owner.card_form) return undefined
  return { path: 'card_form', message: 'card_form is not switched on for this merchant' }
}
