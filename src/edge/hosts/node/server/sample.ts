// Start-up output in sandbox mode: a sample link, and a request that creates another.
import { networkInterfaces } from 'node:os'
import type { Settings } from '../../../config/settings.ts'

/** The order of i'mport's documentation, with its placeholders filled in. */
function sampleOrder(merchantUid: string) {
  const method = (pay_method: string, ko: string, en: string) => ({
    pg: 'INIpayTest',
    pay_method,
    label: { ko, en },
  })
  return {
    title: '커피 주문',
    user_code: 'imp00000000',
    amount: 10000,
    merchant_uid: merchantUid,
    name: '드립백 커피 10개입',
    currency: 'KRW',
    buyer_name: '',
    buyer_tel: '',
    pay_methods: [
      method('card', '신용·체크카드', 'Credit or debit card'),
      method('naverpay', '네이버페이', 'Naver Pay'),
      method('kakaopay', '카카오페이', 'Kakao Pay'),
      method('phone', '휴대폰 소액결제', 'Mobile billing'),
      method('trans', '계좌이체', 'Bank transfer'),
      method('vbank', '가상계좌', 'Virtual account'),
    ],
  }
}

const daySeconds = 86_400

/** Creates the link through the merchant API. @returns its URL */
export async function createSample(base: string, nowMs: number): Promise<string> {
  const token = await post(`${base}/users/getToken`, { imp_key: 'sandbox', imp_secret: 'sandbox' }, '')
  const { access_token } = token.response as { access_token: string }
  const order = sampleOrder(`sample_${nowMs}`)
  const envelope = {
    payment_info: JSON.stringify(order),
    expired_at: Math.floor(nowMs / 1000) + daySeconds,
  }
  const answer = await post(`${base}/api/supplements/v1/link/payment`, envelope, access_token)
  return String(answer.shortenedUrl)
}

async function post(url: string, body: unknown, token: string): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: token }) },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`)
  return JSON.parse(text) as Record<string, unknown>
}

export function banner(version: string, settings: Settings, sample: string | null): string {
  const { publicUrl, sandbox } = settings
  const lines = [`Dari ${version}, ${sandbox ? 'sandbox mode (no merchant is configured)' : 'live mode'}`, '']
  lines.push(`  Page      ${publicUrl}`, `  API       ${publicUrl}/docs`)
  if (!sample) return `${lines.join('\n')}\n`
  lines.push(`  Try it    ${sample}`)
  const isOpen = !settings.host || ['0.0.0.0', '::'].includes(settings.host)
  const lan = settings.followsRequestOrigin && isOpen && lanAddress()
  if (lan) lines.push(`  By phone  ${sample.replace('localhost', lan)}`)
  return `${lines.join('\n')}\n\nAnother link:\n\n${curl(publicUrl)}\n`
}

function curl(base: string): string {
  const { title: _, pay_methods, ...order } = sampleOrder('order_1')
  const small = { title: 'My shop', ...order, pay_methods: pay_methods.slice(0, 3), expired_at: 'EXPIRES' }
  const body = JSON.stringify(small).replace('"order_1"', '"order_\'$(date +%s)\'"')
  const expires = body.replace('"EXPIRES"', "'$(($(date +%s) + 86400))'")
  return `TOKEN=$(curl -s ${base}/users/getToken -d imp_key=sandbox -d imp_secret=sandbox | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
curl -s ${base}/api/supplements/v1/link/payment -H "Authorization: $TOKEN" -H 'Content-Type: application/json' -d '${expires}'
`
}

function lanAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flat()
    .find((address) => address && address.family === 'IPv4' && !address.internal)?.address
}
