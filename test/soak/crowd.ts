// Customers that shop without pause while edges are killed, and record every acknowledgement.
import { customerAt } from '../support/customer.ts'
import type { Gateway } from '../support/gateway.ts'
import type { Link, MerchantClient } from '../support/merchant.ts'
import { pause } from '../support/pause.ts'
import type { Chance } from '../support/random.ts'

/** Acknowledged by the edge: must survive every kill. */
export interface Promises {
  created: Link[]
  disabled: Set<string>
  /** Link ID to the payment that was reported as paying it. */
  paid: Map<string, string>
  /** Payments in requests that the edge answered with 200. */
  heard: Set<string>
}

export interface Crowd {
  promises: Promises
  /** Resolves after this many more responses, or after a long time without any. */
  answers: (count: number) => Promise<void>
  stop: () => Promise<void>
}

interface Place {
  /** Every request goes to a random edge. */
  edges: { base: string; merchant: MerchantClient }[]
  gateway: Gateway
  noticeUrl: string
  chance: Chance
}

export function gatherCrowd(size: number, place: Place): Crowd {
  const { edges, gateway, noticeUrl, chance } = place
  const promises: Promises = { created: [], disabled: new Set(), paid: new Map(), heard: new Set() }
  let isOver = false
  let answered = 0

  /** A dead edge refuses or resets the connection and acknowledges nothing. */
  async function unlessDead<Value>(request: Promise<Value>): Promise<Value | undefined> {
    try {
      const answer = await request
      answered += 1
      return answer
    } catch {
      return undefined
    }
  }

  async function settleOrNotify(link: Link, imp_uid: string): Promise<void> {
    const customer = customerAt(chance.pick(edges).base)
    if (chance.below(3) === 0) {
      const notified = await unlessDead(customer.notice(link.id, imp_uid))
      if (notified?.status === 200) promises.heard.add(imp_uid)
      return
    }
    const settled = await unlessDead(customer.settle(link.id, chance.below(3) === 0 ? undefined : imp_uid))
    if (settled?.status !== 200) return
    promises.heard.add(imp_uid)
    if (settled.body.status === 'paid' && settled.body.attempt.outcome === 'paid')
      promises.paid.set(link.id, imp_uid)
  }

  async function shop(): Promise<void> {
    const link = await unlessDead(chance.pick(edges).merchant.create({ notice_url: noticeUrl }))
    if (!link) return pause(50)
    promises.created.push(link)
    const checkout = await unlessDead(customerAt(chance.pick(edges).base).checkout(link.id))
    if (checkout?.status !== 200) return
    const windows = chance.below(4) === 0 ? 2 : 1
    const keys: string[] = []
    for (let at = 0; at < windows; at++) keys.push(await gateway.open(checkout.body.params))
    if (chance.below(6) === 0 && (await unlessDead(chance.pick(edges).merchant.disable(link.id))) === 200)
      promises.disabled.add(link.id)
    const act = chance.below(8) === 0 ? 'decline' : 'approve'
    const results = await Promise.all(keys.map((key) => gateway.press(key, act)))
    await Promise.all(
      results.flatMap(({ imp_uid }) => [settleOrNotify(link, imp_uid), settleOrNotify(link, imp_uid)]),
    )
  }

  const people = Array.from({ length: size }, async () => {
    while (!isOver) await shop()
  })
  return {
    promises,
    async answers(count) {
      const goal = answered + count
      for (let turn = 0; turn < 1_500 && answered < goal; turn++) await pause(5)
    },
    async stop() {
      isOver = true
      await Promise.all(people)
    },
  }
}
