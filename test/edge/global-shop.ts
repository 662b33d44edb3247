// A shop whose client speaks the global API, and what upstream's documents tell such a client to do. Nothing
// here is taken from the edge: the signatures are the documents' own algorithm, in Node.
import { createHmac } from 'node:crypto'
import { openShop, start } from './shop.ts'

export const key = 'SglffyyZgojEdXWL'
export const secret = 'the secret of the global client'

const methods = [
  ['GBPRIMEPAY', 'GBPRIMEPAY_CREDIT_CARD', 'card'],
  ['CHILLPAY', 'CHILLPAY_QRCODE', 'trans'],
  ['PAYSOLUTIONS', 'PS_PROMPTPAY', 'trans'],
  ['GBPRIMEPAY', 'GBPRIMEPAY_WECHAT_WALLET', 'wechat'],
  ['GBPRIMEPAY', 'GBPRIMEPAY_RABBIT_LINEPAY_WALLET', 'card'],
  ['GBPRIMEPAY', 'GBPRIMEPAY_TRUEMONEY_WALLET', 'card'],
  ['GBPRIMEPAY', 'GBPRIMEPAY_SHOPEEPAY_WALLET', 'card'],
].map(([payment_channel, payment_method, pay_method]) => ({
  payment_channel,
  payment_method,
  pay_method,
  pg: 'html5_inicis.INIpayTest',
}))

type Body = Record<string, unknown>

/** HMAC-SHA256 over the sorted form encoding, in base64. */
export function signature(pairs: Record<string, string>, by = secret): string {
  const sorted = new URLSearchParams(Object.entries(pairs).sort(([a], [b]) => (a < b ? -1 : 1)))
  return createHmac('sha256', by).update(sorted.toString()).digest('base64')
}

export const signatureOf = (body: Body, by = secret) =>
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

export const signed = (body: Body): Body => ({ ...body, signature_hash: signatureOf(body) })

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT as upstream's sample code makes it. */
export function tokenOf(claims: Body = {}, { by = secret, header = {} as Body, now = start } = {}): string {
  const iat = Math.floor(now / 1000)
  const whole = { iss: 'PORTONE', sub: key, iat, exp: iat + 100, ...claims }
  const text = `${part({ alg: 'HS256', typ: 'JWT', ...header })}.${part(whole)}`
  return `${text}.${createHmac('sha256', by).update(text).digest('base64url')}`
}

const address = {
  city: 'City',
  country_code: 'TH',
  locale: 'TH',
  line_1: 'address',
  postal_code: '400202',
  state: 'Mah',
}

/** The example of upstream's reference: dates in the future, credentials of this shop. */
export const example: Body = {
  portone_key: key,
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
    billing_address: { ...address, line_2: 'address_2' },
  },
  shipping_details: {
    shipping_name: 'Test Customer Name',
    shipping_email: 'testcustomer@gmail.com',
    shipping_phone: '+918767677665',
    shipping_address: { ...address, city: 'abc', line_1: 'address_1', line_2: 'address_2' },
  },
  is_checkout_embed: false,
  success_url: 'https://checkout.portone.cloud/success.html',
  failure_url: 'https://checkout.portone.cloud/failure.html',
  pending_url: 'https://checkout.portone.cloud/pending.html',
  expiry_date: new Date(start + 3 * 86_400_000).toISOString(),
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
  scheduled_date: new Date(start + 86_400_000).toISOString(),
  chosen_payment_methods: methods.map(({ payment_channel, payment_method }) => ({
    payment_channel,
    payment_method,
  })),
  environment: 'sandbox',
}

export function openGlobalShop({ merchant = {}, ...wish }: Parameters<typeof openShop>[0] = {}) {
  const own = {
    sandbox: true,
    portone_key: key,
    portone_secret: secret,
    payment_methods: methods,
    webhook_url: 'https://shop.example/webhook',
    ...merchant,
  }
  const shop = openShop({ ...wish, merchant: own })
  const headers = (token = tokenOf({}, { now: shop.clock.now })) => ({
    'x-portone-client-key': key,
    authorization: `Bearer ${token}`,
  })
  const ask = (method: string, path: string, body?: unknown, others: Record<string, string> = {}) =>
    shop.send(method, `/api${path}`, body, { ...headers(), ...others })
  /** Posts the example with these differences, signed anew. */
  const post = (differences: Body = {}) => ask('POST', '/paymentLink', signed({ ...example, ...differences }))
  return {
    ...shop,
    headers,
    ask,
    post,
    /** Posts an order and gives the id of its link. */
    async makeGlobal(differences: Body = {}): Promise<string> {
      const { status, json, text } = await post({ custom_link_ref: '', ...differences })
      if (status !== 200) throw new Error(text)
      return json.payment_link_ref as string
    },
  }
}
