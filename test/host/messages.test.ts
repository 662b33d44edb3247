// The built server sends due messages: to a real SMTP server, or in the sandbox to the mailbox preview.
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

test('the sandbox previews messages and sends nothing', async () => {
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

test('a live server sends by SMTP, counts the message, and has no preview', async () => {
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
  // Without an SMS provider the SMS waits, and the metrics show it.
  expect(await metrics()).toContain('dari_messages_waiting 1\n')
  expect((await fetch(`${server.url}/sandbox/messages`)).status).toBe(404)
  expect(server.output()).not.toMatch(/hong@|1012345678/)
  await mail.close()
})

/** Schedules messages for an existing link directly, because link creation is tested elsewhere. */
async function ask(server: Server, id: string): Promise<void> {
  const database = new DatabaseSync(server.database.replace('file:', ''))
  const link = database.prepare('select id, move_id, expires_at from links where id = ?').get(id) as never
  const request = {
    email: 'hong@example.com',
    phone: '+821012345678',
    language: 'ko' as const,
    send: { at: 0 },
    remind: undefined,
    receipt: false,
  }
  const messages = await planMessages({ tokenSecret: 'x' }, request, link, Date.now())
  for (const { sql, parameters } of recordMessages(messages, link))
    database.prepare(sql).run(...(parameters as string[]))
  database.close()
}
