import type { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { createContext } from '../../src/edge/create-context.ts'
import { deleteExpiredData } from '../../src/edge/features/links/retention.ts'
import { sendDueMessages } from '../../src/edge/features/messages/send-due.ts'
import type { MessageRow } from '../../src/edge/store/sql/tables.ts'
import { start } from '../edge/support/shop.ts'
import { aMessageRequest, day, hour, type MessageShop, minute, openMessageShop } from './messenger.ts'

const kinds = (shop: MessageShop) => shop.mails.map(({ id }) => id.split('-').at(-2))

describe('the message with a link', () => {
  test('is sent at once, to each requested address, and only once', async () => {
    const shop = openMessageShop()
    await shop.offer(aMessageRequest({ phone: '+821012345678' }))
    expect(await shop.send()).toBe(2)
    expect(await shop.send()).toBe(0)
    expect(shop.mails.map(({ to }) => to)).toEqual(['hong@example.com'])
    expect(shop.texts.map(({ to }) => to)).toEqual(['+821012345678'])
  })
  test('is sent at its scheduled time and not before', async () => {
    const shop = openMessageShop()
    await shop.offer(aMessageRequest({ send: { at: start + 2 * day } }))
    shop.clock.now = start + 2 * day - 1
    expect(await shop.send()).toBe(0)
    shop.clock.now += 1
    expect(await shop.send()).toBe(1)
  })
  test('is not sent without a request for messages', async () => {
    const shop = openMessageShop()
    await shop.pay(await shop.offer(null))
    const plain = await shop.makeLink({
      merchant_uid: 'plain',
      buyer_tel: '010-1234-5678',
      buyer_email: 'a@b.kr',
    })
    await shop.pay({ id: plain, merchant_uid: 'plain' })
    expect(await shop.send()).toBe(0)
    expect(await shop.rows()).toEqual([])
  })
})

describe('the message with a link is not sent once the link is', () => {
  const ends: [
    string,
    (shop: MessageShop, link: Awaited<ReturnType<MessageShop['offer']>>) => Promise<unknown>,
  ][] = [
    ['paid', (shop, link) => shop.pay(link)],
    ['disabled', (shop, link) => shop.asMerchant('PUT', `/${link.id}`)],
    ['expired', async (shop, link) => Object.assign(shop.clock, { now: link.expires_at })],
    [
      'superseded',
      (shop, link) => shop.makeLink({ merchant_uid: link.merchant_uid, expired_at: start / 1000 + 86_400 }),
    ],
  ]
  test.each(ends)('%s', async (_, end) => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ remind: { before_ms: hour }, receipt: false }))
    shop.clock.now += minute
    await end(shop, link)
    shop.clock.now = Math.max(shop.clock.now, link.expires_at - hour)
    await shop.send()
    expect(shop.mails).toEqual([])
    for (const row of await shop.rows()) expect(row).toMatchObject({ outcome: 'dropped', address: null })
  })
  test('ended between the query and the claim', async () => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ send: { at: start + 29 * day } }))
    shop.clock.now = link.expires_at - 1
    const [due] = await shop.store.findDueMessages(shop.clock.now, { channel: 'email', limit: 1 })
    const claim = (now: number) => due && shop.store.claimMessage(due, now, now + minute)
    expect(await claim(link.expires_at)).toBe(false)
    expect(await claim(link.expires_at - 1)).toBe(true)
  })
  test('ended between the claim and the sending', async () => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ receipt: false }))
    const { claimMessage } = shop.store
    const room = createContext(shop.deps)
    room.store.claimMessage = async (...claim) => {
      const claimed = await claimMessage(...claim)
      await shop.asMerchant('PUT', `/${link.id}`)
      return claimed
    }
    expect(await shop.send()).toBe(0)
    expect(shop.mails).toEqual([])
    expect(await shop.rows()).toMatchObject([{ outcome: 'dropped', address: null }])
  })
})

describe('a reminder', () => {
  test('is sent the requested time before the expiry', async () => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ remind: { before_ms: 3 * hour } }))
    await shop.send()
    shop.clock.now = link.expires_at - 3 * hour - 1
    await shop.send()
    expect(kinds(shop)).toEqual(['link'])
    shop.clock.now += 1
    await shop.send()
    expect(kinds(shop)).toEqual(['link', 'reminder'])
  })
  test('is not sent to a customer who has paid, and their address is erased at once', async () => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ remind: { before_ms: hour }, receipt: false }))
    await shop.send()
    await shop.pay(link)
    expect((await shop.rows()).map(({ outcome, address }) => ({ outcome, address }))).toEqual([
      { outcome: 'sent', address: null },
      { outcome: 'dropped', address: null },
    ])
  })
  test('waits while a deposit is awaited, and is sent if the account expires unpaid', async () => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ send: undefined, remind: { before_ms: day } }))
    const account = {
      status: 'ready',
      pay_method: 'vbank',
      paid_at: 0,
      vbank_num: '1',
      vbank_name: '다리은행',
    }
    const { merchant_uid } = link
    const due = { vbank_date: (link.expires_at - 6 * hour) / 1000 }
    await shop.letCustomerIn(link.id, merchant_uid)
    shop.iamport.pay({ imp_uid: 'imp_v', merchant_uid, ...account, ...due })
    await shop.settle(link.id, 'imp_v')
    shop.clock.now = link.expires_at - day
    expect(await shop.send()).toBe(0)
    shop.clock.now = link.expires_at - 5 * hour
    const { expireLinks: sweepDue } = await import('../../src/edge/features/links/expire-links.ts')
    await sweepDue(shop.deps)
    expect(await shop.send()).toBe(1)
  })
})

describe('a receipt', () => {
  test('is sent once after the payment, even if the link is settled again', async () => {
    const shop = openMessageShop()
    const link = await shop.offer()
    await shop.send()
    const payment = await shop.pay(link)
    await shop.settle(link.id, payment.imp_uid)
    await shop.send()
    await shop.send()
    expect(kinds(shop)).toEqual(['link', 'receipt'])
    expect(shop.mails[1]?.text).toContain('결제 일시')
  })
  test('is not sent if the payment was refunded before', async () => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ send: undefined }))
    const payment = await shop.pay(link)
    Object.assign(payment, { status: 'cancelled', cancel_amount: payment.amount })
    await shop.settle(link.id, payment.imp_uid)
    expect(await shop.send()).toBe(0)
    expect(await shop.rows()).toMatchObject([{ kind: 'receipt', outcome: 'dropped', address: null }])
  })
})

describe('if a transport fails,', () => {
  test('the message is retried later under the same id', async () => {
    const shop = openMessageShop()
    await shop.offer()
    shop.answers.sent = { ok: false, again: true, why: 'SMTP 451' }
    expect(await shop.send()).toBe(0)
    expect(await shop.send()).toBe(0)
    shop.clock.now += 10_000
    shop.answers.sent = { ok: true }
    expect(await shop.send()).toBe(1)
    const [first, second] = shop.mails
    expect(second).toEqual(first)
  })
  test('a refused message is abandoned and its address erased', async () => {
    const shop = openMessageShop()
    await shop.offer(aMessageRequest({ receipt: false }))
    shop.answers.sent = { ok: false, again: false, why: 'SMTP 550' }
    await shop.send()
    shop.clock.now += hour
    await shop.send()
    expect(shop.mails).toHaveLength(1)
    expect(await shop.rows()).toMatchObject([{ outcome: 'failed', last_error: 'SMTP 550', address: null }])
  })
  test('the message is retried with backoff and abandoned after a day', async () => {
    const shop = openMessageShop()
    await shop.offer(aMessageRequest({ receipt: false }))
    shop.answers.sent = { ok: false, again: true, why: 'SMTP ETIMEDOUT' }
    const pauses: number[] = []
    for (let attempt = 0; attempt < 30; attempt++) {
      const [row] = await shop.rows()
      if (!row?.due_at) break
      pauses.push(row.due_at - shop.clock.now)
      shop.clock.now = row.due_at
      await shop.send()
    }
    expect(shop.mails.length).toBeGreaterThan(10)
    expect(shop.mails.length).toBeLessThan(25)
    expect(pauses.slice(1, 6)).toEqual(pauses.slice(1, 6).sort((a, b) => a - b))
    expect(shop.clock.now - start).toBeGreaterThan(20 * hour)
    expect(await shop.rows()).toMatchObject([{ outcome: 'failed', address: null }])
    expect(shop.log.filter(({ event }) => event === 'message.abandoned')).toHaveLength(1)
  })
  test('an exception affects no other message, and is logged without the address', async () => {
    const shop = openMessageShop()
    await shop.offer(aMessageRequest({ phone: '+821012345678' }))
    shop.answers.sent = () => Promise.reject(new Error('no such user hong@example.com, +821012345678'))
    await shop.send()
    expect(shop.log.filter(({ event }) => event === 'message.send_error')).toHaveLength(2)
    expect(JSON.stringify(shop.log)).not.toMatch(/hong@|1012345678/)
  })
})

test.each([
  ['messages of one process', false],
  ['messages of an isolated request', true],
])('a free slot is filled at once, even if another server is faster: %s', async (_, isolatesRequests) => {
  const shop = openMessageShop()
  const waiting: (() => void)[] = []
  shop.answers.sent = () => new Promise((resolve) => waiting.push(() => resolve({ ok: true })))
  let isArmed = false
  const all: typeof shop.database.all = async <Row>(query: CompiledQuery) => {
    const rows = await shop.database.all<Row>(query)
    const [first] = rows as unknown as MessageRow[]
    if (!isArmed || !first || !query.sql.startsWith('select * from "messages"')) return rows
    isArmed = false
    expect(await shop.store.claimMessage(first, start, start + 90_000)).toBe(true)
    return rows
  }
  for (let count = 0; count < 12; count++)
    await shop.offer(aMessageRequest({ email: `${count}@example.com` }))
  const round = sendDueMessages({
    ...shop.deps,
    isolatesRequests,
    database: { ...shop.database, all },
  })
  await expect.poll(() => waiting, { timeout: 30_000 }).toHaveLength(8)
  isArmed = true
  waiting.shift()?.()
  await expect.poll(() => waiting, { timeout: 30_000 }).toHaveLength(8)
  expect(isArmed).toBe(false)
  shop.answers.sent = () => Promise.resolve({ ok: true })
  for (const end of waiting) end()
  expect(await round).toBe(11)
})

describe('several processes', () => {
  test('send a message once', async () => {
    const shop = openMessageShop()
    for (let count = 0; count < 5; count++)
      await shop.offer(aMessageRequest({ email: `${count}@example.com` }))
    const others = Array.from({ length: 4 }, () => ({ ...shop.deps }))
    const sent = await Promise.all(others.map((deps) => sendDueMessages(deps)))
    expect(sent.reduce((sum, count) => sum + count)).toBe(5)
    expect(new Set(shop.mails.map(({ id }) => id)).size).toBe(shop.mails.length)
  })
  test('take over a message of a crashed process after its lease expired', async () => {
    const shop = openMessageShop()
    await shop.offer()
    const [due] = await shop.store.findDueMessages(start, { channel: 'email', limit: 1 })
    expect(due && (await shop.store.claimMessage(due, start, start + 90_000))).toBe(true)
    shop.clock.now = start + 89_999
    expect(await shop.send()).toBe(0)
    shop.clock.now += 1
    expect(await shop.send()).toBe(1)
  })
  test('ignore the result of a process that was slower than its lease', async () => {
    const shop = openMessageShop()
    await shop.offer(aMessageRequest({ receipt: false }))
    const { promise, resolve } = Promise.withResolvers<{ ok: false; again: boolean; why: string }>()
    const { promise: started, resolve: begin } = Promise.withResolvers<void>()
    shop.answers.sent = () => {
      begin()
      return promise
    }
    const slow = shop.send()
    await started
    shop.clock.now += 90_000
    shop.answers.sent = { ok: true }
    await sendDueMessages({ ...shop.deps, database: { ...shop.database } })
    resolve({ ok: false, again: false, why: 'SMTP 550' })
    await slow
    expect(await shop.rows()).toMatchObject([{ outcome: 'sent', attempts: 2 }])
  })
  test('abandon a message after a day if its processes always crash', async () => {
    const shop = openMessageShop()
    await shop.offer(aMessageRequest({ receipt: false }))
    for (let hours = 0; hours < 26; hours++) {
      const [due] = await shop.store.findDueMessages(shop.clock.now, { channel: 'email', limit: 1 })
      if (due) await shop.store.claimMessage(due, shop.clock.now, shop.clock.now + 90_000)
      shop.clock.now += hour
      await shop.store.deleteMessages(shop.clock.now)
    }
    expect(await shop.rows()).toMatchObject([{ outcome: 'failed', last_error: 'not sent within a day' }])
  })
})

describe('the rate limit per recipient', () => {
  test('is ten messages per hour, the rest are sent later, and other recipients are not affected', async () => {
    const shop = openMessageShop()
    const written = ['hong@example.com', 'HONG@Example.com']
    for (let count = 0; count < 24; count++)
      await shop.offer(aMessageRequest({ email: written[count % 2] as string }))
    await shop.offer(aMessageRequest({ email: 'kim@example.com' }))
    expect(await shop.send()).toBe(11)
    expect(shop.mails.filter(({ to }) => to.toLowerCase() === 'hong@example.com')).toHaveLength(10)
    shop.clock.now += hour
    expect(await shop.send()).toBe(10)
  })
  test('counts all spellings of a mailbox together, and keeps each address as it was given', async () => {
    const shop = openMessageShop()
    const spellings = [
      'flood@gmail.com',
      'flood+1@gmail.com',
      'f.lo.od+x@googlemail.com',
      'FLOOD+2@Gmail.com',
    ]
    for (let count = 0; count < 20; count++)
      await shop.offer(aMessageRequest({ email: spellings[count % 4] as string, receipt: false }))
    await shop.offer(aMessageRequest({ email: 'flo@gmail.com' }))
    expect(await shop.send()).toBe(11)
    const to = shop.mails.map((mail) => mail.to)
    expect(to).toEqual(expect.arrayContaining([...spellings, 'flo@gmail.com']))
  })
  test('is thirty per day, and a message that waits longer than a day is abandoned', async () => {
    const shop = openMessageShop()
    for (let count = 0; count < 80; count++) await shop.offer(aMessageRequest({ receipt: false }))
    for (let hours = 0; hours < 30; hours++) {
      await shop.send()
      shop.clock.now += hour
    }
    const outcomes = (await shop.rows()).map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'sent').length).toBe(30)
    expect(outcomes).toContain('failed')
    expect(outcomes).not.toContain(null)
  })
})

describe('data retention of messages:', () => {
  test('recipients are erased after a day', async () => {
    const shop = openMessageShop()
    await shop.pay(await shop.offer(aMessageRequest({ phone: '+821012345678', remind: { before_ms: hour } })))
    await shop.send()
    const held = async () => JSON.stringify(await shop.rows())
    expect(await held()).not.toMatch(/hong|1012345678/)
    shop.clock.now += day
    await deleteExpiredData(shop.deps)
    expect((await shop.rows()).map(({ recipient }) => recipient)).toEqual(Array(6).fill(null))
    shop.clock.now += 30 * day
    await deleteExpiredData(shop.deps)
    expect(await shop.rows()).toEqual([])
  })
  test('a receipt that was never sent is deleted with the buyer’s other data', async () => {
    const shop = openMessageShop({ env: { RETENTION_DAYS: '10' } })
    const link = await shop.offer()
    await shop.send()
    shop.clock.now = link.expires_at + 10 * day - 1
    await deleteExpiredData(shop.deps)
    expect(JSON.stringify(await shop.rows())).toContain('hong@example.com')
    shop.clock.now += 1
    await deleteExpiredData(shop.deps)
    expect(JSON.stringify(await shop.rows())).not.toContain('hong@example.com')
  })
  test('the log holds no address and no message text', async () => {
    const shop = openMessageShop()
    const link = await shop.offer(aMessageRequest({ phone: '+821012345678' }))
    shop.answers.sent = { ok: false, again: true, why: 'SMTP 451' }
    await shop.send()
    shop.clock.now += minute
    shop.answers.sent = { ok: true }
    await shop.pay(link)
    await shop.send()
    expect(shop.log.some(({ event }) => event === 'message.sent')).toBe(true)
    expect(JSON.stringify(shop.log)).not.toMatch(/hong|1012345678|사과|원/)
  })
})
