// What a link of the global API makes its customer be sent.
import { expect, test } from 'vitest'
import { sendDueMessages } from '../../../src/edge/features/messages/send-due.ts'
import { openGlobalShop } from '../support/portone-shop.ts'
import { start } from '../support/shop.ts'

const day = 86_400_000

test('the documents’ own example writes at its scheduled time, reminds an hour before the end, and gives a receipt', async () => {
  const shop = openGlobalShop()
  const { json } = await shop.post()
  await sendDueMessages(shop.deps)
  expect(shop.sent).toEqual([])
  shop.clock.now = start + day
  expect(await sendDueMessages(shop.deps)).toBe(2)
  expect(shop.sent.map(({ to }) => to).sort()).toEqual(['+918767677665', 'testcustomer@gmail.com'])
  // The example's customer is in Thailand, and its merchant names itself.
  for (const { text } of shop.sent) {
    expect(text).toContain('PortOne Demo Account')
    expect(text).toContain(json.payment_link)
    expect(text).not.toMatch(/\p{Script=Hangul}/u)
  }
  shop.clock.now = start + 3 * day - 3_600_000
  expect(await sendDueMessages(shop.deps)).toBe(2)
})

test('the same request again is the same link, and nobody is written to twice', async () => {
  const shop = openGlobalShop()
  const atOnce = { scheduled_date: '', send_immediately: true, country_code: 'KR' }
  const first = await shop.post(atOnce)
  shop.clock.now += 60_000
  const second = await shop.post(atOnce)
  expect(second.json.payment_link_ref).toBe(first.json.payment_link_ref)
  expect(await sendDueMessages(shop.deps)).toBe(2)
  for (const { text } of shop.sent) expect(text).toMatch(/\p{Script=Hangul}/u)
})

test('who asks for a way that is not set up is told so', async () => {
  const shop = openGlobalShop({ parts: { mailer: undefined, smsSender: undefined } as never })
  const { status, json } = await shop.post()
  expect(status).toBe(400)
  expect(JSON.stringify(json)).toMatch(/notify_by_email is not possible: this Dari has no MAIL_FROM/)
})
