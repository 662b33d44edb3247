// Pure: checks that the gateway can do what a registering link asks. Some gateways only issue a billing key, others
// always charge with the registration (PortOne's table of gateways).

import type { FieldError } from '../field-error.ts'
import type { LinkContent, LinkMethod, RegistrationRequest } from '../links/link.ts'

const keyOnlyGateways = new Set(
  'html5_inicis kcp_billing tosspayments kicc smartro_v2 naverpay payco tosspay_v2 paypal_v2'.split(' '),
)
const chargingGateways = new Set('danal_tpay danal mobilians kakaopay settle_acc paymentwall'.split(' '))
const supportedGateways = [...keyOnlyGateways, ...chargingGateways, 'welcome'].join(', ')

type RegistrationMode = 'key only' | 'charges' | 'none'

function registrationModeOf(provider: string, payMethod: string): RegistrationMode {
  if (provider === 'welcome') return payMethod === 'phone' ? 'charges' : 'key only'
  if (keyOnlyGateways.has(provider)) return 'key only'
  return chargingGateways.has(provider) ? 'charges' : 'none'
}

type MethodInRequest = LinkMethod & { path: string }
type RegistrationInput = Pick<RegistrationRequest, 'customer_id' | 'form'> & { amount: number | undefined }

export function checkRegistration(registration: RegistrationInput, methods: MethodInRequest[]): FieldError[] {
  const problems = registration.form
    ? checkForm(registration, methods)
    : methods.flatMap((method) => checkWindow(registration, method))
  const providers = methods.map(({ provider }) => provider)
  if (
    providers.includes('smartro_v2') &&
    !(registration.customer_id && registration.customer_id.length <= 20)
  )
    problems.push({
      path: 'customer_id',
      message: 'customer_id of at most 20 characters is required by smartro_v2',
    })
  if (registration.form && providers.includes('tosspayments') && !registration.customer_id)
    problems.push({ path: 'customer_id', message: 'customer_id is required by tosspayments' })
  return problems
}

/** Does not check gateways given by channel key or merchant id, which are unknown here. */
function checkWindow(
  { amount }: RegistrationInput,
  { path, provider, pay_method }: MethodInRequest,
): FieldError[] {
  if (pay_method === 'vbank' || pay_method === 'trans')
    return [{ path: `${path}.pay_method`, message: `pay_method ${pay_method} registers no card` }]
  const mode = provider && registrationModeOf(provider, pay_method)
  if (mode === 'none')
    return [
      { path: `${path}.pg`, message: `pg ${provider} registers no cards; these do: ${supportedGateways}` },
    ]
  if (mode === 'charges' && amount === 0)
    return [
      {
        path: 'amount',
        message: `amount must be more than 0 for ${provider}: it registers with a payment only`,
      },
    ]
  if (mode === 'key only' && amount)
    return [
      {
        path: 'amount',
        message: `amount must be 0 or absent for ${provider}: it charges nothing when it registers`,
      },
    ]
  return []
}

/** i'mport requires `channel_key` to issue a key, and `pg` to charge a card. */
function checkForm({ amount }: RegistrationInput, [method, ...more]: MethodInRequest[]): FieldError[] {
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

/** Card forms need the operator's permission (`card_form` of the merchant). */
export function checkCardForm(
  owner: { card_form?: boolean | undefined },
  content: LinkContent,
): FieldError | undefined {
  if (!content.registration?.form || owner.card_form) return undefined
  return { path: 'card_form', message: 'card_form is not switched on for this merchant' }
}
