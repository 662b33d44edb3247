import { beforeEach, expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

const fetchPage = async (path: string) => {
  const response = await shop.app.request(path)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('the payment window is marked as a test in the language of the order', async () => {
  const korean = await fetchPage(`/window/${(await shop.open()).key}`)
  expect(korean.text).toContain('<html lang="ko">')
  for (const words of ['테스트 결제창', '10,000원', '사과 한 상자', 'order-1', '승인', '거절', '취소'])
    expect(korean.text).toContain(words)
  const english = await fetchPage(`/window/${(await shop.open({ language: 'en', pay_method: 'vbank' })).key}`)
  for (const words of ['<html lang="en">', 'Test payment window', '₩10,000', 'Issue account', 'Decline'])
    expect(english.text).toContain(words)
  expect(english.text).not.toContain('Approve')
})

test('the payment window escapes markup in order data', async () => {
  const { key } = await shop.open({ name: '<script>alert(1)</script>' })
  const { text, headers } = await fetchPage(`/window/${key}`)
  expect(text).not.toContain('<script>alert')
  expect(headers.get('content-security-policy')).toContain("script-src 'self'")
})

test('the payment window may be framed by any page in iframe mode and by none otherwise', async () => {
  const policy = async (key: string) =>
    (await fetchPage(`/window/${key}`)).headers.get('content-security-policy')
  expect(await policy((await shop.open()).key)).toContain('frame-ancestors *')
  expect(await policy((await shop.open({}, { mobile: true })).key)).toContain("frame-ancestors 'none'")
})

test('loading the payment window repeatedly does not change the payment', async () => {
  const { key } = await shop.open()
  await fetchPage(`/window/${key}`)
  await fetchPage(`/window/${key}`)
  expect(await (await shop.app.request('/control')).json()).toMatchObject({ payments: [{ status: 'ready' }] })
})

test('the result page on a phone has a return link for browsers without scripts', async () => {
  const { key } = await shop.open({ m_redirect_url: 'https://shop.example/return' }, { mobile: true })
  await shop.press(key, 'approve')
  expect((await fetchPage(`/window/${key}`)).text).toMatch(
    /<a href="https:\/\/shop\.example\/return\?imp_uid=imp_\d{12}&amp;/,
  )
})

test('every page loads its styles and scripts', async () => {
  const paid = await shop.pay()
  const { key } = await shop.open({ merchant_uid: 'order-2' })
  const pages = [`/window/${key}`, '/window/fail', `/receipt/${paid}`, '/receipt/imp_000000000000']
  const missing: string[] = []
  let count = 0
  for (const path of pages)
    for (const [, file = ''] of (await fetchPage(path)).text.matchAll(/(?:href|src)="([^"#]+)"/g)) {
      if (file.startsWith('data:')) continue
      count += 1
      const { pathname } = new URL(file, `https://pay.example${path}`)
      if ((await fetchPage(pathname)).status !== 200) missing.push(`${path}: ${file}`)
    }
  expect(missing).toEqual([])
  expect(count).toBeGreaterThan(pages.length)
})

test('a receipt exists for a paid order, but not for an unknown one', async () => {
  const uid = await shop.pay()
  expect((await fetchPage(`/receipt/${uid}`)).text).toContain('10,000원')
  expect((await fetchPage('/receipt/imp_000000000000')).status).toBe(404)
  expect((await fetchPage('/window/nothing')).status).toBe(404)
})

test('an oversized order is rejected with 413', async () => {
  const response = await shop.app.request('/window/open', { method: 'POST', body: 'x'.repeat(70_000) })
  expect(response.status).toBe(413)
})
