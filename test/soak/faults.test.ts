// Every request of the edge to i'mport under every fault. In a browser: test/journeys/faults.spec.ts.
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { customerAt } from '../support/customer.ts'
import {
  type Call,
  calls,
  type Fault,
  type FaultProxy,
  faults,
  openFaultProxy,
} from '../support/fault-proxy.ts'
import type { Link } from '../support/merchant.ts'
import { raiseStage, type Stage } from '../support/stage.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let stage: Stage
let proxy: FaultProxy
beforeAll(async () => {
  const apiUrl = async (sandbox: string) => {
    proxy = await openFaultProxy(() => sandbox, 8_000)
    return proxy.url
  }
  stage = await raiseStage({ edges: 1, apiUrl })
  await stage.gateway.control({ notice: 'never' })
})
afterAll(async () => {
  await stage.close()
  await proxy.close()
})

const moneyOf = async ({ merchant_uid }: Link) =>
  (await stage.gateway.payments(merchant_uid)).map(({ status }) => status).sort()

async function approvedOf(link: Link, windows: number): Promise<string[]> {
  const { body } = await customerAt(stage.edges[0]?.url ?? '').checkout(link.id)
  const keys: string[] = []
  for (let at = 0; at < windows; at++) keys.push(await stage.gateway.open(body.params))
  const results = await Promise.all(keys.map((key) => stage.gateway.press(key, 'approve')))
  return results.map(({ imp_uid }) => imp_uid)
}

/** No window opens unless i'mport has confirmed the amount. */
async function beforeWindow(call: Call, fault: Fault): Promise<void> {
  const { merchant, edges } = stage
  const customer = customerAt(edges[0]?.url ?? '')
  const merchant_uid = `${call}_${fault}`
  let link = await merchant.create({ merchant_uid })
  if (call !== 'prepare') await customer.checkout(link.id)
  if (call === 'change') link = await merchant.create({ merchant_uid, amount: 12_000 })
  proxy.break(call, fault, merchant_uid)
  const refused = await customer.checkout(link.id)
  proxy.mend(call, merchant_uid)
  expect([502, 503]).toContain(refused.status)
  expect(refused.body.params).toBeUndefined()
  expect(await moneyOf(link)).toEqual([])
  expect((await customer.checkout(link.id)).status).toBe(200)
}

/** The result is unknown: the edge says so, changes nothing, and finds out after the fault. */
async function afterApproval(call: Call, fault: Fault): Promise<void> {
  const { merchant, edges } = stage
  const customer = customerAt(edges[0]?.url ?? '')
  const link = await merchant.create({ merchant_uid: `${call}_${fault}` })
  const [imp_uid] = await approvedOf(link, 1)
  const paymentId = call === 'order' ? undefined : imp_uid
  proxy.break(call, fault, link.merchant_uid)
  if (call === 'getToken') proxy.revokeTokens()
  const unsettled = await customer.settle(link.id, paymentId)
  const view = await customer.view(link.id)
  proxy.mend(call, link.merchant_uid)
  expect(unsettled).toMatchObject({ status: 503, body: { reason: 'upstream_unavailable' } })
  expect(view.body.status).toBe('open')
  expect(await moneyOf(link)).toEqual(['paid'])
  expect((await customer.settle(link.id, paymentId)).body).toMatchObject({ status: 'paid' })
}

/** A second payment is reported as refunded only once it is, and is refunded in the end. */
async function duringTheRefund(call: Call, fault: Fault): Promise<void> {
  const { merchant, edges } = stage
  const customer = customerAt(edges[0]?.url ?? '')
  const link = await merchant.create({ merchant_uid: `${call}_${fault}` })
  const [first, second] = await approvedOf(link, 2)
  await customer.settle(link.id, first)
  proxy.break(call, fault, link.merchant_uid)
  const { status, body } = await customer.settle(link.id, second)
  const isBack = (await moneyOf(link)).includes('cancelled')
  proxy.mend(call, link.merchant_uid)
  expect(status).toBe(200)
  const attempt = { outcome: 'rejected', why: 'second_payment', returned: isBack }
  expect(body).toMatchObject({ status: 'paid', attempt })
  expect((await customer.settle(link.id, second)).body).toMatchObject({ attempt: { returned: true } })
  expect(await moneyOf(link)).toEqual(['cancelled', 'paid'])
}

const journeys: Record<(typeof calls)[number], (call: Call, fault: Fault) => Promise<void>> = {
  getToken: afterApproval,
  prepare: beforeWindow,
  look: beforeWindow,
  change: beforeWindow,
  payment: afterApproval,
  order: afterApproval,
  cancel: duringTheRefund,
}

async function runCase(call: (typeof calls)[number], fault: Fault): Promise<string[]> {
  try {
    await journeys[call](call, fault)
    return proxy.met(call, `${call}_${fault}`) > 0 ? [] : [`${call}, ${fault}: was never met`]
  } catch (error) {
    return [`${call}, ${fault}: ${error instanceof Error ? error.message : String(error)}`]
  } finally {
    proxy.mend(call, `${call}_${fault}`)
  }
}

test("every request to i'mport under every fault gets a true response, and the right one after the fault", async () => {
  const own = calls.filter((call) => call !== 'getToken')
  const failed = await Promise.all(own.flatMap((call) => faults.map((fault) => runCase(call, fault))))
  expect(failed.flat()).toEqual([])
})

test("no response is untrue while i'mport issues no token", async () => {
  for (const fault of faults) expect(await runCase('getToken', fault)).toEqual([])
})
