import { beforeEach, expect, test } from 'vitest'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})

const look = async (path: string) => {
  const answer = await shop.app.request(path)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

test('the window says that it is a test, in the language of the order', async () => {
  const korean = await look(`/window/${(await shop.open()).key}`)
  expect(korean.text).toContain('<html lang="ko">')
  for (const words of ['테스트 결제창', '10,000원', '사과 한 상자', 'order-1', '승인', '거절', '취소'])
    expect(korean.text).toContain(words)
  const english = await look(`/window/${(await shop.open({ language: 'en', pay_method: 'vbank' })).key}`)
  for (const words of ['<html lang="en">', 'Test payment window', '₩10,000', 'Issue account', 'Decline'])
    expect(english.text).toContain(words)
  expect(english.text).not.toContain('Approve')
})

test('what the order says never becomes markup', async () => {
  const { key } = await shop.open({ name: '<script>alert(1)</script>' })
  const { text, headers } = await look(`/window/${key}`)
  expect(text).not.toContain('<script>alert')
  expect(headers.get('content-security-policy')).toContain("script-src 'self'")
})

test('a window for a frame may stand in a page that stands in one itself, another in none', async () => {
  const policy = async (key: string) => (await look(`/window/${key}`)).headers.get('content-security-policy')
  expect(await policy((await shop.open()).key)).toContain('frame-ancestors *')
  expect(await policy((await shop.open({}, { mobile: true })).key)).toContain("frame-ancestors 'none'")
})

test('looking at a window, however often, decides nothing', async () => {
  const { key } = await shop.open()
  await look(`/window/${key}`)
  await look(`/window/${key}`)
  expect(await (await shop.app.request('/control')).json()).toMatchObject({ payments: [{ status: 'ready' }] })
})

test('a phone without scripts finds the way back as a link', async () => {
  const { key } = await shop.open({ m_redirect_url: 'https://shop.example/return' }, { mobile: true })
  await shop.press(key, 'approve')
  expect((await look(`/window/${key}`)).text).toMatch(
    /<a href="https:\/\/shop\.example\/return\?imp_uid=imp_\d{12}&amp;/,
  )
})

test('a paid order has a receipt, an unknown one has none', async () => {
  const uid = await shop.pay()
  expect((await look(`/receipt/${uid}`)).text).toContain('10,000원')
  expect((await look('/receipt/imp_000000000000')).status).toBe(404)
  expect((await look('/window/nothing')).status).toBe(404)
})

test('an order of unreasonable size is turned away', async () => {
  const answer = await shop.app.request('/window/open', { method: 'POST', body: 'x'.repeat(70_000) })
  expect(answer.status).toBe(413)
})
