// Messages to the customer of a link of the global API.
import { expect, test } from 'vitest'
import { sendDueMessages } from '../../../src/edge/features/messages/send-due.ts'
import { openGlobalShop } from '../support/portone-shop.ts'
import { start } from '../support/shop.ts'

const day = 86_400_000

test('upstream’s example sends a message at its scheduled time, a reminder an hour before the expiry, and a receipt', async () => {
  const shop = openGlobalShop()
  const { json } = await shop.post()
  await sendDueMessages(shop.deps)
  expect(shop.sent).toEqual([])
  shop.clock.now = start + day
  expect(await sendDueMessages(shop.deps)).toBe(2)
  expect(shop.sent.map(({ to }) => to).sort()).toEqual(['+918767677665', 'testcustomer@gmail.com'])
  // The example's customer is in Thailand, and its merchant has a name.
  for (const { text } of shop.sent) {
    expect(text).toContain('PortOne Demo Account')
    expect(text).toContain(json.payment_link)
    expect(text).not.toMatch(/\p{Script=Hangul}/u)
  }
  shop.clock.now = start + 3 * day - 3_600_000
  expect(await sendDueMessages(shop.deps)).toBe(2)
})

test('repeating a request returns the same link and sends no second message', async () => {
  const shop = openGlobalShop()
  const atOnce = { scheduled_date: '', send_immediately: true, country_code: 'KR' }
  const first = await shop.post(atOnce)
  shop.clock.now += 60_000
  const second = await shop.post(atOnce)
  expect(second.json.payment_link_ref).toBe(first.json.payment_link_ref)
  expect(await sendDueMessages(shop.deps)).toBe(2)
  for (const { text } of shop.sent) expect(text).toMatch(/\p{Script=Hangul}/u)
})

test('a channel that is not configured is refused', async () => {
  const shop = openGlobalShop({ parts: { mailer: undefined, smsSender: undefined } as never })
  const { status, json } = await shop.post()
  expect(status).toBe(400)
  expect(JSON.stringify(json)).toMatch(/notify_by_email is not possible: this Dari has no MAIL_FROM/)
})
