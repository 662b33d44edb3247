import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { createMessagePreview } from '../../src/edge/features/messages/preview.ts'
import { previewRoute } from '../../src/edge/features/messages/preview-route.ts'
import { start } from '../edge/support/shop.ts'
import { aMessageRequest, openMessageShop } from './messenger.ts'

function openShelf() {
  const shelf = createMessagePreview(() => start)
  const { mailer, smsSender } = shelf
  const shop = openMessageShop({ parts: { mailer, smsSender } })
  const door = new Hono().route('/messages', previewRoute(shelf))
  const get = (path: string, accept = 'text/html', language = 'ko') =>
    door.request(path, { headers: { accept, 'accept-language': language } })
  return { shelf, shop, look: get }
}

const both = aMessageRequest({ phone: '+918767677665' })

test('the mailbox preview is JSON for programs, newest first', async () => {
  const { shop, look: get } = openShelf()
  const { id } = await shop.offer(both)
  await shop.send()
  const { messages } = await (await get('/messages', '*/*')).json()
  expect(messages).toEqual([
    expect.objectContaining({
      channel: 'phone',
      to: '+918767677665',
      type: expect.stringMatching(/^[SL]MS$/),
    }),
    expect.objectContaining({ channel: 'email', to: 'hong@example.com', at: start }),
  ])
  for (const { text } of messages) expect(text).toContain(`https://pay.example/${id}`)
})

test('the mailbox preview is a page in the visitor’s language for people, with links that open', async () => {
  const { shop, look: get } = openShelf()
  const { id } = await shop.offer(both)
  await shop.send()
  for (const [language, heading] of [
    ['ko', '보냈을 메시지'],
    ['en', 'Messages that would have been sent'],
  ] as const) {
    const page = await (await get('/messages', 'text/html', language)).text()
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(heading)
    expect(page.match(new RegExp(`<a href="https://pay.example/${id}">`, 'g'))).toHaveLength(2)
  }
  expect(await (await get('/messages?lang=en')).text()).toContain('<html lang="en">')
})

test('the mailbox preview shows an e-mail as it is, without running its content', async () => {
  const { shelf, shop, look: get } = openShelf()
  await shop.offer(aMessageRequest(), { name: '"><script>alert(1)</script>' })
  await shop.send()
  const [mail] = shelf.list()
  const shown = await get(`/messages/${mail?.id}`)
  expect(await shown.text()).toBe(mail?.channel === 'email' ? mail.html : '')
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await (await get('/messages')).text()).not.toContain('<script')
  expect((await get('/messages/msg-none')).status).toBe(404)
})

test('the mailbox preview says when it is empty, and holds the newest two hundred messages', async () => {
  const { shelf, look: get } = openShelf()
  expect(await (await get('/messages')).text()).toContain('아직 메시지가 없어요')
  for (let count = 0; count < 205; count++)
    await shelf.smsSender.send({
      id: `msg-${count}`,
      to: '+821012345678',
      language: 'ko',
      type: 'SMS',
      text: `${count}`,
    })
  expect(shelf.list()).toHaveLength(200)
  expect(shelf.list()[0]?.id).toBe('msg-204')
})
