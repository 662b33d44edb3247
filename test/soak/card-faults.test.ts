// Every request about a card to i'mport under every fault.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { aCardForm, aTypedCard } from '../support/cards.ts'
import { customerAt } from '../support/customer.ts'
import { cardCalls, type Fault, type FaultProxy, faults, openFaultProxy } from '../support/fault-proxy.ts'
import type { Link } from '../support/merchant.ts'
import { raiseStage, type Stage } from '../support/stage.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

type CardCall = (typeof cardCalls)[number]

const formMerchant = {
  card_form: true,
  terms_url: 'https://shop.example/terms',
  privacy_url: 'https://shop.example/privacy',
}

let stage: Stage
let proxy: FaultProxy
beforeAll(async () => {
  const apiUrl = async (sandbox: string) => {
    proxy = await openFaultProxy(() => sandbox, 16_000)
    return proxy.url
  }
  stage = await raiseStage({ edges: 1, apiUrl, merchant: formMerchant })
  await stage.gateway.control({ notice: 'never' })
})
afterAll(async () => {
  await stage.close()
  await proxy.close()
})

interface Case {
  link: Link
  uid: string
  fault: Fault
  customer: ReturnType<typeof customerAt>
}

const edge = () => stage.edges[0]?.url ?? ''
const wasProcessed = (fault: Fault) => fault === 'reset' || fault === 'cut'
const statusOf = async ({ customer, link }: Case) => (await customer.view(link.id)).body.status as string

/** Fails before a card is sent: the card is not sent, no try is lost, and it works after the fault. */
async function beforeTheCall(one: Case): Promise<void> {
  const { customer, link, uid } = one
  const { status, body } = await customer.sendCard(link.id, aTypedCard())
  expect([502, 503]).toContain(status)
  expect(body.reason).toMatch(/^upstream_/)
  expect(await stage.gateway.hasCard(uid)).toBe(false)
  proxy.mend('key', uid)
  expect((await customer.sendCard(link.id, aTypedCard())).body.status).toBe('registered')
}

/** A received success registers, a refusal does not, and anything else stays pending. */
async function aroundTheCall(one: Case, charged: boolean): Promise<void> {
  const { customer, link, uid, fault } = one
  const { status, body } = await customer.sendCard(link.id, aTypedCard())
  const hasCard = await stage.gateway.hasCard(uid)
  const payments = (await stage.gateway.payments(link.merchant_uid)).map((payment) => payment.status)
  expect(hasCard).toBe(wasProcessed(fault))
  expect(payments).toEqual(charged && hasCard ? ['paid'] : [])
  if (fault === 'unauthorized') return expect([status, body.reason]).toEqual([502, 'upstream_refused'])
  expect(status).toBe(200)
  if (hasCard) expect(body).toMatchObject({ status: 'registered', attempt: { outcome: 'registered' } })
  else if (fault === 'refused') expect(body).toMatchObject({ attempt: { outcome: 'declined' } })
  else {
    expect(body).toMatchObject({ status: 'registering', attempt: { outcome: 'pending' } })
    // No second request while the first may still arrive.
    expect((await customer.sendCard(link.id, aTypedCard())).body).toEqual({ reason: 'card_busy' })
  }
  expect(await statusOf(one)).toBe(hasCard ? 'registered' : 'registering')
}

/** A card is reported as deleted only after i'mport confirms it, and is deleted in the end. */
async function deleting(one: Case): Promise<void> {
  const { customer, link, uid, fault } = one
  await customer.sendCard(link.id, aTypedCard())
  const remove = () => stage.merchant.call('DELETE', `${edge()}/subscribe/customers/${uid}`)
  expect((await remove()).status).toBe(fault === 'refused' || fault === 'unauthorized' ? 409 : 503)
  expect((await customer.view(link.id)).body).toMatchObject({ deleted_at: null })
  expect(await stage.gateway.hasCard(uid)).toBe(!wasProcessed(fault))
  proxy.mend('delete', uid)
  expect((await remove()).status).toBe(wasProcessed(fault) ? 404 : 200)
  expect((await customer.view(link.id)).body).toHaveProperty('deleted_at', expect.any(String))
}

async function runCase(call: CardCall, fault: Fault): Promise<string[]> {
  const uid = `${call}_${fault}`
  const amount = call === 'once' ? 9_900 : 0
  const order = aCardForm({ customer_uid: uid, merchant_uid: uid, amount })
  try {
    const link = await stage.merchant.create(order)
    const one = { link, uid, fault, customer: customerAt(edge()) }
    proxy.break(call, fault, uid)
    if (call === 'key') await beforeTheCall(one)
    else if (call === 'delete') await deleting(one)
    else await aroundTheCall(one, call === 'once')
    return proxy.met(call, uid) > 0 ? [] : [`${call}, ${fault}: was never met`]
  } catch (error) {
    return [`${call}, ${fault}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

test("every request about a card to i'mport under every fault gets a true response", async () => {
  const failed = await Promise.all(cardCalls.flatMap((call) => faults.map((fault) => runCase(call, fault))))
  expect(failed.flat()).toEqual([])
})
