// Plays a story against the real edge, over a database in memory and a model of i'mport, and looks at the
// books after every scene.
import { createApp } from '../../src/edge/app.ts'
import type { AppDeps } from '../../src/edge/deps.ts'
import { settingsOf, start } from '../edge/shop.ts'
import { chanceOf } from '../support/random.ts'
import { checkDoor, checkEnd, checkScene } from './books.ts'
import { createIamportModel, moneyIn } from './iamport-model.ts'
import { readLedger } from './ledger.ts'
import { openMemory } from './memory.ts'
import { mortal } from './mortal.ts'
import { type Door, orders, type Scene, type Story } from './story.ts'

/** What the stories came to: a proof in which nothing happens proves nothing. */
export interface Heard {
  paid: number
  refunded: number
  rejected: number
  crashed: number
  answers: Record<number, number>
}

const minute = 60_000
const expiry = start + 60 * minute
const times = { soon: 0, expiry, due: expiry + 120 * minute, grace: expiry + 200 * minute }

const env = { LINK_AUTH: 'open', LINK_AUTH_OPEN_TO_ALL: 'true', TRUST_PROXY: 'x-forwarded-for:1' }
const settings = {
  keep: settingsOf({ ...env, LATE_PAYMENT: 'keep' }),
  refund: settingsOf({ ...env, LATE_PAYMENT: 'refund' }),
}
const memory = openMemory()
const quiet = () => {}
const at = <Item>(items: Item[], index: number) => items[index % items.length]

export async function play({ latePayment, scenes }: Story, heard: Heard): Promise<void> {
  memory.clear()
  const clock = { now: start }
  const iamport = createIamportModel(() => clock.now)
  const database = mortal(memory)
  const { next } = chanceOf(1)
  const deps: AppDeps = {
    settings: settings[latePayment],
    database,
    fetch: iamport.fetch,
    outgoing: iamport.fetch,
    pause: async () => {},
    now: () => clock.now,
    random: (bytes) => bytes.map(() => next() * 256),
    page: { render: () => ({ html: '', scriptSources: [] }), renderTooMany: () => '', renderAway: () => '' },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  }
  let app = createApp(deps)
  let ledger = readLedger(memory)
  let visitors = 0

  async function send(method: string, path: string, body?: object | string): Promise<number> {
    visitors += 1
    const type = typeof body === 'string' ? 'x-www-form-urlencoded' : 'json'
    const response = await app.request(path, {
      method,
      // Nobody here is a flood: every knock has an address of its own.
      headers: {
        'x-forwarded-for': `10.1.${visitors >> 8}.${visitors & 255}`,
        'content-type': `application/${type}`,
      },
      ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
    })
    const { status } = response
    await response.body?.cancel()
    heard.answers[status] = (heard.answers[status] ?? 0) + 1
    return status
  }

  const post = (which: number, wish: string) => {
    const { store: _, ...order } = orders[which] ?? orders[0]
    const methods = ['card', 'phone', 'vbank']
    return send('POST', '/api/supplements/v1/link/payment', {
      title: '상점',
      name: '사과',
      currency: 'KRW',
      buyer_tel: '',
      amount: wish === 'dearer' ? 12_000 : 10_000,
      expired_at: expiry / 1000 + (wish === 'later' ? 1800 : 0),
      pay_methods: methods.map((pay_method) => ({ pg: 'html5_inicis', pay_method, label: 'x' })),
      ...order,
    })
  }

  const paymentAt = (which: number) => (which === 99 ? undefined : at(iamport.payments, which))

  async function knock({ by, link, payment }: Door): Promise<number> {
    const id = at(ledger.links, link)?.id ?? 'none'
    const imp_uid = paymentAt(payment)?.imp_uid ?? 'imp_unknown'
    if (by === 'return') await send('GET', `/${id}/return?imp_uid=${imp_uid}&imp_success=true`)
    if (by === 'notice') return send('POST', `/links/${id}/notice`, { imp_uid, status: 'paid' })
    if (by === 'form') return send('POST', `/links/${id}/notice`, `imp_uid=${imp_uid}&status=paid`)
    return send('POST', `/links/${id}/settle`, by === 'reconcile' ? {} : { imp_uid })
  }

  async function knockAll(scene: Extract<Scene, { do: 'knock' }>): Promise<void> {
    const { links } = ledger
    const real = iamport.payments.filter((payment) => moneyIn(payment) > 0)
    const onDeath = () => {
      iamport.day.dead = true
    }
    database.live({ crash: scene.crash, turns: scene.turns, onDeath })
    Object.assign(iamport.day, { weather: [...scene.weather], behind: scene.behind })
    const answers = await Promise.all(scene.doors.map(knock))
    const isClear = scene.weather.length === 0 && scene.behind === 0 && !iamport.day.dead
    if (iamport.day.dead) {
      heard.crashed += 1
      // Who died is started again, with nothing but what is on the disk.
      app = createApp(deps)
    }
    database.live({ crash: null, turns: [0], onDeath: quiet })
    Object.assign(iamport.day, { weather: [], behind: 0, dead: false })
    const after = readLedger(memory)
    for (const [which, { by, link, payment }] of scene.doors.entries()) {
      const told = real.find((one) => one === paymentAt(payment))
      const to = at(links, link)
      if (isClear && told && to && by !== 'reconcile' && answers[which] === 200) checkDoor(to, told, after)
    }
  }

  async function act(scene: Scene): Promise<void> {
    switch (scene.do) {
      case 'knock':
        return knockAll(scene)
      case 'open': {
        const { store, merchant_uid } = orders[scene.order] ?? orders[0]
        const { amount, currency, pay_method, sandbox } = scene
        const opened = iamport.open({ store, merchant_uid, amount, currency, pay_method, sandbox })
        for (let step = 0; step < scene.steps; step++) iamport.approve(opened)
        return
      }
      case 'upstream': {
        const payment = at(iamport.payments, scene.payment)
        if (payment) iamport[scene.act](payment)
        return
      }
      case 'post':
        await post(scene.order, scene.wish)
        return
      case 'disable':
      case 'checkout': {
        const id = at(ledger.links, scene.link)?.id
        if (scene.do === 'disable') await send('PUT', `/api/supplements/v1/link/payment/${id}`, {})
        else await send('POST', `/links/${id}/checkout`, { method: scene.method, language: 'ko' })
        return
      }
      case 'wait':
        clock.now = Math.max(clock.now + minute, times[scene.until] + 1)
    }
  }

  let seen = 0
  function look(touched: Touched): void {
    const before = ledger
    ledger = readLedger(memory)
    checkScene(
      { ledger, iamport, latePayment, now: clock.now },
      before,
      iamport.cancelled.slice(seen),
      touched,
    )
    seen = iamport.cancelled.length
  }

  await post(0, 'same')
  look([])
  for (const scene of scenes) {
    const { links } = ledger
    await act(scene)
    look(scene.do === 'knock' ? scene.doors.map(({ link }) => at(links, link)) : [])
  }
  // The bad days are over: everybody who can ask asks once more.
  const { links } = ledger
  for (const { id } of [...links, ...links]) await send('POST', `/links/${id}/settle`, {})
  look(links)
  checkEnd({ ledger, iamport, latePayment, now: clock.now })
  heard.paid += ledger.links.filter(({ status }) => status === 'paid').length
  heard.refunded += ledger.links.filter(({ status }) => status === 'refunded').length
  heard.rejected += ledger.payments.filter(({ status }) => status === 'rejected').length
}

type Touched = Parameters<typeof checkScene>[3]
