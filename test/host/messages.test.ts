// The built server sends what is due: to a real mail server, or in the sandbox to nobody.
import { DatabaseSync } from 'node:sqlite'
import { expect, test, vi } from 'vitest'
import { planMessages } from '../../src/edge/features/messages/plan-messages.ts'
import { recordMessages } from '../../src/edge/store/queues/messages.ts'
import { openMailServer } from '../messages/mail-server.ts'
import { merchantAt } from '../support/merchant.ts'
import type { Server } from '../support/server.ts'
import { useServers } from './servers.ts'

const start = useServers()
const soon = { timeout: 15_000, interval: 100 }

test('the sandbox shows what it would have sent, and sends nothing', async () => {
  const mail = await openMailServer()
  const carrier = { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'pay@shop.kr' }
  const server = await start({ SANDBOX: 'true', ...carrier })
  const link = await merchantAt(server.url).create()
  await ask(server, link.id)
  const shelved = async () =>
    ((await (await fetch(`${server.url}/sandbox/messages`)).json()) as { messages: { text: string }[] })
      .messages
  await vi.waitFor(async () => expect(await shelved()).toHaveLength(2), soon)
  for (const { text } of await shelved()) expect(text).toContain(link.url)
  expect(mail.received).toEqual([])
  await mail.close()
})

test('a live server sends by SMTP, counts it, and has no page of messages', async () => {
  const mail = await openMailServer()
  const token = 'a token of some length'
  const server = await start({
    IMP_USER_CODE: 'imp00000000',
    IMP_KEY: 'sandbox',
    IMP_SECRET: 'sandbox',
    TOKEN_SECRET: 's'.repeat(32),
    METRICS_TOKEN: token,
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'pay@shop.kr',
  })
  const link = await merchantAt(server.url).create()
  await ask(server, link.id)
  await vi.waitFor(() => expect(mail.received).toHaveLength(1), soon)
  expect(mail.received[0]).toMatchObject({ from: 'pay@shop.kr', to: ['hong@example.com'] })
  const metrics = async () =>
    (await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text()
  await vi.waitFor(
    async () =>
      expect(await metrics()).toContain(
        'dari_messages_total{channel="email",kind="link",outcome="sent"} 1\n',
      ),
    soon,
  )
  // There is nothing to send SMS by: it waits, and an operator sees that it does.
  expect(await metrics()).toContain('dari_messages_waiting 1\n')
  expect((await fetch(`${server.url}/sandbox/messages`)).status).toBe(404)
  expect(server.output()).not.toMatch(/hong@|1012345678/)
  await mail.close()
})

/** Asks for messages about a link that is there: the doors that make links are other rooms' to test. */
async function ask(server: Server, id: string): Promise<void> {
  const database = new DatabaseSync(server.database.replace('file:', ''))
  const link = database.prepare('select id, move_id, expires_at from links where id = ?').get(id) as never
  const wish = {
    email: 'hong@example.com',
    phone: '+821012345678',
    language: 'ko' as const,
    send: { at: 0 },
    remind: undefined,
    receipt: false,
  }
  const messages = await planMessages({ tokenSecret: 'x' }, wish, link, Date.now())
  for (const { sql, parameters } of recordMessages(messages, link))
    database.prepare(sql).run(...(parameters as string[]))
  database.close()
}
