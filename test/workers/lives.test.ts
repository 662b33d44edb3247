// A link's whole life in Cloudflare's runtime: the built worker in workerd with its own D1.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { customerAt } from '../support/customer.ts'
import { gatewayAt } from '../support/gateway.ts'
import { globalMerchantAt } from '../support/global-merchant.ts'
import { merchantAt } from '../support/merchant.ts'
import { openReceiver, type Receiver } from '../support/receiver.ts'
import { startWorker, type Worker } from '../support/worker.ts'

vi.setConfig({ testTimeout: 60_000 })
const soon = { timeout: 10_000 }

let receiver: Receiver
let worker: Worker
beforeAll(async () => {
  receiver = await openReceiver()
  worker = await startWorker({ env: { EVENTS_URL: `${receiver.url}/events` } })
})
afterAll(async () => {
  await worker.stop('SIGKILL')
  await receiver.close()
})

const shop = () => merchantAt(worker.url)
const gateway = () => gatewayAt(`${worker.url}/sandbox`)
const told = (type: string, id: string) =>
  receiver.told.filter(({ body }) => body.type === type && JSON.stringify(body).includes(id))

test('a payment marks the link as paid, and the event is delivered without waiting for the cron', async () => {
  const link = await shop().create({ notice_url: `${receiver.url}/notice` })
  const customer = customerAt(worker.url)
  expect((await customer.view(link.id)).body).toMatchObject({ status: 'open' })
  const { body } = await customer.checkout(link.id)
  const { imp_uid } = await gateway().pay(body.params)
  expect((await customer.settle(link.id, imp_uid)).body).toMatchObject({ status: 'paid' })
  await expect.poll(() => told('link.paid', link.id), soon).toHaveLength(1)
  await expect.poll(() => receiver.told.filter(({ path }) => path === '/notice'), soon).toHaveLength(1)
  expect(told('link.paid', link.id)[0]?.body).toMatchObject({ sandbox: true })
  expect(await shop().read(link.id)).toMatchObject({ status: 'paid', imp_uid })
})

test('the cron finds a payment if the customer closed the tab and no notice came', async () => {
  const customer = customerAt(worker.url)
  await gateway().control({ notice: 'never', confirm: 'off' })
  const link = await shop().create()
  const { body } = await customer.checkout(link.id)
  await gateway().pay(body.params)
  await gateway().control({ notice: 'before', confirm: 'on' })
  expect((await customer.view(link.id)).body).toMatchObject({ status: 'open' })
  // The first inquiry is a minute after the checkout, which has passed.
  expect(await worker.write(`update inquiries set ask_at = 1 where link_id = '${link.id}'`)).toBe(1)
  expect(await worker.tick()).toBe('ok')
  expect((await customer.view(link.id)).body).toMatchObject({ status: 'paid' })
})

test('an expired link is expired for everybody at once, and the cron records it and emits one event', async () => {
  const link = await shop().create()
  const customer = customerAt(worker.url)
  const end = 'created_at + 1'
  await worker.write(`update links set expires_at = ${end}, sweep_at = ${end} where id = '${link.id}'`)
  expect((await customer.view(link.id)).body.status).toBe('expired')
  expect((await customer.checkout(link.id)).status).not.toBe(200)
  expect(await worker.tick()).toBe('ok')
  expect(await worker.tick()).toBe('ok')
  await expect.poll(() => told('link.expired', link.id), soon).toHaveLength(1)
})

test('a link that the merchant disabled accepts no payment', async () => {
  const link = await shop().create()
  expect(await shop().disable(link.id)).toBe(200)
  const customer = customerAt(worker.url)
  expect((await customer.view(link.id)).body).toMatchObject({ status: 'disabled' })
  expect((await customer.checkout(link.id)).status).not.toBe(200)
})

test('the live endpoint tells the page to poll', async () => {
  const link = await shop().create()
  expect((await fetch(`${worker.url}/links/${link.id}/live`)).status).toBe(204)
})

test('the sandbox’s mailbox preview shows messages of every isolate', async () => {
  await globalMerchantAt(worker.url).create({ send_immediately: true, scheduled_date: undefined })
  expect(await worker.tick()).toBe('ok')
  const shelf = await fetch(`${worker.url}/sandbox/messages`)
  const { messages } = (await shelf.json()) as { messages: { channel: string }[] }
  expect(messages.map(({ channel }) => channel).sort()).toEqual(['email', 'phone'])
})

test('acknowledged links are there after a kill -9 and a restart', async () => {
  const link = await shop().create()
  const customer = customerAt(worker.url)
  const { body } = await customer.checkout(link.id)
  const { imp_uid } = await gateway().pay(body.params)
  expect((await customer.settle(link.id, imp_uid)).body).toMatchObject({ status: 'paid' })
  await worker.stop('SIGKILL')
  worker = await startWorker({ after: worker })
  expect((await customerAt(worker.url).view(link.id)).body).toMatchObject({ status: 'paid' })
})
