// Size of the additional files for links with more details than a bill; other links must not load them.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'vitest'
import type { LinkView } from '../../src/contract/links/link-view.ts'
import { readPageAssets } from '../../src/edge/hosts/node/files/page-files.ts'
import { packDocument } from '../../src/edge/hosts/node/server/pack-document.ts'
import { pageHeaders } from '../../src/edge/http/middleware/security-headers.ts'
import { createRenderer } from '../../src/page/entry/server.tsx'
import { settingsOf } from '../edge/support/shop.ts'
import { anOpenLink } from '../support/builders.ts'

const dist = resolve(import.meta.dirname, '../../dist')
const built = (form: RegExp) => {
  const name = readdirSync(join(dist, 'assets')).find((name) => form.test(name)) ?? 'nothing'
  return { name, text: readFileSync(join(dist, 'assets', name), 'utf8') }
}
const ordinary = built(/^screens-[\w-]{8}\.js$/)
const extra = built(/^screens-extras-[\w-]{8}\.js$/)
const page = createRenderer(readPageAssets(dist), packDocument)
const documentOf = (view: LinkView) =>
  page.render({ view, language: 'ko', returning: false, url: 'https://pay.example/x' })

const rich = anOpenLink({
  extras: {
    seller: { name: '커피 로스터스', logo: `/logos/${'0'.repeat(64)}-120x40` },
    description: '3월 정기구독 첫 상자예요. 문 앞에 두고 갈게요.',
    lines: [
      { kind: 'items', amount: 9_000 },
      { kind: 'shipping', amount: 3_000 },
      { kind: 'discount', amount: 2_000, code: 'MARCH' },
    ],
    customer: { name: '홍길동', email: 'h***@example.com', phone: '+82 10-****-**78' },
    billing: { name: '홍길동', address: ['세종대로 110', '04524 서울특별시 중구'] },
    shipping: { name: '김철수', address: ['해운대로 1', '48094 부산광역시 해운대구'] },
    notes: [{ key: '배송 메모', value: '부재 시 경비실에 맡겨 주세요' }],
    back_url: 'https://shop.example/cart',
    embed: ['https://shop.example'],
  },
})

test('an ordinary link’s late script has no texts of the extras, and the other has them in both languages', () => {
  for (const word of ['Order details', '주문 정보 자세히 보기']) {
    expect(ordinary.text).not.toContain(word)
    expect(extra.text).toContain(word)
  }
})

test('a document loads only its own late script', () => {
  const plain = documentOf(anOpenLink()).html
  const more = documentOf(rich).html
  expect(plain).toContain(ordinary.name)
  expect(plain).not.toContain('screens-extras')
  expect(more).toContain(extra.name)
  expect(more).not.toContain(ordinary.name)
})

test('even the largest bill fits into the first flight of a connection, with headers', () => {
  const { html, scriptSources } = documentOf(rich)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 }
  const headers = pageHeaders(settingsOf(), scriptSources, { framedBy: rich.extras?.embed })
  // Added by the host: date, length, connection.
  const head = Object.entries(headers).join('\r\n').length + 400
  expect(brotliCompressSync(html, { params }).length + head).toBeLessThanOrEqual(14_600)
})

test('a merchant’s page loads at most one kilobyte to embed a link', () => {
  expect(brotliCompressSync(readFileSync(join(dist, 'embed.js'))).length).toBeLessThanOrEqual(1_024)
})
