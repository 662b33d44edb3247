// Every field that the page passes to the SDK reaches upstream's frame, or the newer path, unchanged.
import { isDeepStrictEqual } from 'node:util'
import { type Case, devices } from '../case.ts'
import { openLink, press } from '../payment-page.ts'
import type { Visit } from '../visit.ts'

const methods = [
  { pg: 'html5_inicis', pay_method: 'card' },
  { pg: 'html5_inicis', pay_method: 'trans' },
  { pg: 'html5_inicis', pay_method: 'vbank' },
  { pg: 'html5_inicis', pay_method: 'phone' },
  { pg: 'kakaopay', pay_method: 'kakaopay' },
  { pg: 'tosspayments', pay_method: 'card' },
]

const order = {
  amount: 13_000,
  tax_free: 1_000,
  name: '사과 한 상자 & 배',
  buyer_name: '홍길동',
  buyer_email: 'hong@example.com',
  buyer_tel: '010-1234-5678',
  buyer_addr: '서울 성동구 #1',
  buyer_postcode: '04782',
  language: 'ko',
}

/** Fields that the SDK adds. */
const classicExtras = ['request_id']
const newerExtras = ['userCode', 'tierCode', 'sdkVersion']

function compare(
  received: Record<string, unknown>,
  expected: Record<string, unknown>,
  extras: string[],
): string {
  const differs = Object.keys(expected).filter((name) => !isDeepStrictEqual(received[name], expected[name]))
  const added = Object.keys(received).filter((name) => !(name in expected) && !extras.includes(name))
  const missing = extras.filter((name) => !(name in received))
  if (differs.length + added.length + missing.length === 0) return 'every field'
  return `differs: ${differs.join(' ')}; added: ${added.join(' ')}; missing: ${missing.join(' ')}`
}

async function run(visit: Visit, method: (typeof methods)[number]): Promise<string> {
  const { page } = visit
  // The page may request the permission before the press, at the first input event.
  const granted = page.waitForResponse(/\/checkout$/)
  const link = await openLink(visit, { ...order, pay_methods: [{ ...method, label: '결제' }] })
  await press(visit)
  const { params } = (await (await granted).json()) as { params: Record<string, unknown> }
  const asOrdered = { ...order, ...method, merchant_uid: link.merchant_uid }
  if (method.pg === 'tosspayments') {
    await page.locator('#imp-iframe').waitFor({ state: 'attached' })
    const [received = {}] = visit.hosts.prepared
    return compare(received, { ...params, ...asOrdered }, newerExtras)
  }
  const { message } = await visit.nextMessage('payment')
  const sender = `${message.from} ${message.version}, ${message.origin === link.url ? 'the page' : message.origin}`
  return `${compare(message.data, { ...params, ...asOrdered }, classicExtras)}; ${sender}`
}

export const parameterCases: Case[] = devices.flatMap((device) =>
  methods.map((method) => ({
    area: 'parameters' as const,
    name: `${method.pg} ${method.pay_method} receives every field`,
    device,
    expected: method.pg === 'tosspayments' ? 'every field' : 'every field; iamport-sdk 1.2.0, the page',
    run: (visit: Visit) => run(visit, method),
  })),
)
