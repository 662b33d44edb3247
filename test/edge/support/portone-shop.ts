// A shop whose client follows upstream's documents of the global API. Shares no code with the edge.
import { createHmac } from 'node:crypto'
import type { Mail, TextMessage } from '../../../src/edge/platform/ports/messaging.ts'
import { createStore } from '../../../src/edge/store/store.ts'
import {
  anExample,
  signatureOf as signRequest,
  signature as signWith,
} from '../../support/global-merchant.ts'
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

export const signature = (pairs: Record<string, string>, by = secret) => signWith(pairs, by)
export const signatureOf = (body: Body, by = secret) => signRequest(body, by)
export const signed = (body: Body): Body => ({ ...body, signature_hash: signatureOf(body) })

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT as upstream's sample code makes it. */
export function tokenOf(claims: Body = {}, { by = secret, header = {} as Body, now = start } = {}): string {
  const iat = Math.floor(now / 1000)
  const whole = { iss: 'PORTONE', sub: key, iat, exp: iat + 100, ...claims }
  const text = `${part({ alg: 'HS256', typ: 'JWT', ...header })}.${part(whole)}`
  const hash = header.alg === 'HS512' ? 'sha512' : 'sha256'
  return `${text}.${createHmac(hash, by).update(text).digest('base64url')}`
}

/** The example of upstream's reference, with the credentials of this shop. */
export const example: Body = anExample(start, key)

export function openGlobalShop({ merchant = {}, ...given }: Parameters<typeof openShop>[0] = {}) {
  const own = {
    sandbox: true,
    portone_key: key,
    portone_secret: secret,
    payment_methods: methods,
    webhook_url: 'https://shop.example/webhook',
    ...merchant,
  }
  const sent: (Mail | TextMessage)[] = []
  const send = async (message: Mail | TextMessage) => {
    sent.push(message)
    return { ok: true as const }
  }
  const parts = { mailer: { send }, smsSender: { send, reaches: () => true }, ...given.parts }
  const shop = openShop({ ...given, parts, merchant: own })
  const headers = (token = tokenOf({}, { now: shop.clock.now })) => ({
    'x-portone-client-key': key,
    authorization: `Bearer ${token}`,
  })
  const ask = (method: string, path: string, body?: unknown, others: Record<string, string> = {}) =>
    shop.send(method, `/api${path}`, body, { ...headers(), ...others })
  /** Posts the example with these differences, signed anew. */
  const post = async (differences: Body = {}) => {
    const answer = await ask('POST', '/paymentLink', signed({ ...example, ...differences }))
    const ref = answer.json?.payment_link_ref as string | undefined
    const store = createStore(shop.deps.database)
    const link = ref && ((await store.findLink(ref)) ?? (await store.findLinkByRef(ref)))
    if (link) await shop.letCustomerIn(link.id, link.merchant_uid)
    return answer
  }
  return {
    ...shop,
    /** Messages sent to customers. */
    sent,
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
