// A client of PortOne's global product, written after its documentation: token, signature, link.
import { createHmac } from 'node:crypto'

const key = 'sandbox'
const secret = 'sandbox'

type Body = Record<string, unknown>

/** HMAC-SHA256 of the sorted form encoding, in base64. */
export function signature(pairs: Record<string, string>, by: string): string {
  const sorted = new URLSearchParams(Object.entries(pairs).sort(([a], [b]) => (a < b ? -1 : 1)))
  return createHmac('sha256', by).update(sorted.toString()).digest('base64')
}

/** `signature_hash` of a request for a link. */
export const signatureOf = (body: Body, by: string) =>
  signature(
    {
      amount: String(body.amount),
      client_key: String(body.portone_key),
      currency: String(body.currency),
      failure_url: String(body.failure_url),
      merchant_order_id: String(body.merchant_order_id),
      success_url: String(body.success_url),
    },
    by,
  )

const address = {
  city: 'City',
  country_code: 'TH',
  locale: 'TH',
  line_1: 'address',
  line_2: 'address_2',
  postal_code: '400202',
  state: 'Mah',
}

const hourMs = 3_600_000

/** The example of upstream's reference with future dates and without placeholders. */
export function anExample(now: number, portone_key: string): Body {
  return {
    portone_key,
    merchant_details: {
      name: 'PortOne Demo Account',
      logo: '',
      back_url: 'https://admin.portone.cloud',
      promo_code: 'NA',
      promo_discount: 0,
      shipping_charges: 0,
    },
    source: 'default',
    description: 'test payment link description',
    signature_hash: 'signature_hash',
    amount: 2500,
    currency: 'THB',
    country_code: 'TH',
    custom_link_ref: '786283tghjwefdhvsdvbfnvbn',
    merchant_order_id: '011352FD604A301',
    show_shipping_details: false,
    billing_details: {
      billing_name: 'Test Customer Name',
      billing_email: 'testcustomer@gmail.com',
      billing_phone: '+918767677665',
      billing_address: address,
    },
    shipping_details: {
      shipping_name: 'Test Customer Name',
      shipping_email: 'testcustomer@gmail.com',
      shipping_phone: '+918767677665',
      shipping_address: { ...address, city: 'abc', line_1: 'address_1' },
    },
    is_checkout_embed: false,
    success_url: 'https://checkout.portone.cloud/success.html',
    failure_url: 'https://checkout.portone.cloud/failure.html',
    pending_url: 'https://checkout.portone.cloud/pending.html',
    expiry_date: new Date(now + 72 * hourMs).toISOString(),
    customer_details: {
      name: 'Test Customer Name',
      email_address: 'testcustomer@gmail.com',
      phone_number: '+918767677665',
    },
    notify_by_email: true,
    notify_by_phone: true,
    notes: [
      { key: 'key1', value: 'value1' },
      { key: 'key2', value: 'value2' },
    ],
    reminder_time: 1,
    reminder_time_unit: 'hours',
    send_immediately: false,
    scheduled_date: new Date(now + 24 * hourMs).toISOString(),
    chosen_payment_methods: [
      { payment_channel: 'GBPRIMEPAY', payment_method: 'GBPRIMEPAY_CREDIT_CARD' },
      { payment_channel: 'CHILLPAY', payment_method: 'CHILLPAY_QRCODE' },
      { payment_channel: 'PAYSOLUTIONS', payment_method: 'PS_PROMPTPAY' },
      { payment_channel: 'GBPRIMEPAY', payment_method: 'GBPRIMEPAY_WECHAT_WALLET' },
      { payment_channel: 'GBPRIMEPAY', payment_method: 'GBPRIMEPAY_RABBIT_LINEPAY_WALLET' },
      { payment_channel: 'GBPRIMEPAY', payment_method: 'GBPRIMEPAY_TRUEMONEY_WALLET' },
      { payment_channel: 'GBPRIMEPAY', payment_method: 'GBPRIMEPAY_SHOPEEPAY_WALLET' },
    ],
    environment: 'sandbox',
  }
}

let orders = 0

/** For a server in sandbox mode. */
export function globalMerchantAt(base: string) {
  const ask = async (path: string, body?: Body, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base}/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'x-portone-client-key': key, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const json = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(json)}`)
    return json
  }
  async function asMerchant(path: string, body?: Body) {
    const given = await ask('/merchant/auth-token', { portone_key: key, portone_secret: secret })
    const { token } = given.content as { token: string }
    return ask(path, body, { authorization: `Bearer ${token}` })
  }
  return {
    read: (ref: string) => asMerchant(`/paymentLink/${ref}`),
    /** Posts the example as a new order with these changes. */
    async create(differences: Body = {}) {
      orders += 1
      const order = {
        ...anExample(Date.now(), key),
        merchant_order_id: `global-${process.pid}-${Date.now()}-${orders}`,
        custom_link_ref: '',
        ...differences,
      }
      const made = await asMerchant('/paymentLink', { ...order, signature_hash: signatureOf(order, secret) })
      return {
        id: String(made.payment_link_ref),
        url: String(made.payment_link),
        merchant_uid: String(made.merchant_order_id),
      }
    },
  }
}
