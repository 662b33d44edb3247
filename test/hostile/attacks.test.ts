import { expect, test, vi } from 'vitest'
import { createApp } from '../../src/edge/app.ts'
import { anOrder, openShop } from '../edge/support/shop.ts'
import { dumpOf } from '../support/dump.ts'
import { aPage } from '../support/page.ts'
import { chanceOf, seedOf } from '../support/random.ts'
import { addressesOf } from '../support/routes.ts'
import { type Attack, attack } from './attack.ts'
import { harm, marker } from './words.ts'

vi.setConfig({ testTimeout: 120_000 })

const attacks = 12_000
const patienceMs = 10_000

function openTargets() {
  const shop = openShop({ env: { TRUST_PROXY: 'x-forwarded-for:1' } })
  const app = createApp({ ...shop.deps, page: aPage() })
  return { ...shop, app }
}

type Prey = ReturnType<typeof openTargets>

/** An open link whose texts are all hostile, and one link in each other state. */
async function makeLinks(shop: Prey): Promise<string[]> {
  const words = { title: marker, name: `"><img src=m4rk3r>`, custom_data: { a: marker } }
  const open = await shop.makeLink({ merchant_uid: 'open', ...words })
  const paid = await shop.makeLink({ merchant_uid: 'paid', ...words })
  shop.iamport.pay({ imp_uid: 'imp_1', merchant_uid: 'paid' })
  await shop.settle(paid, 'imp_1')
  const waiting = await shop.makeLink({ merchant_uid: 'waiting', ...words })
  const account = { vbank_num: '1', vbank_name: marker, vbank_holder: marker, vbank_date: 1_900_003_000 }
  shop.iamport.pay({
    imp_uid: 'imp_2',
    merchant_uid: 'waiting',
    status: 'ready',
    pay_method: 'vbank',
    ...account,
  })
  await shop.settle(waiting, 'imp_2')
  const disabled = await shop.makeLink({ merchant_uid: 'disabled', ...words })
  await shop.asMerchant('PUT', `/${disabled}`)
  const ids = [open, paid, waiting, disabled]
  const views = await Promise.all(ids.map((id) => shop.view(id)))
  expect(views.map(({ status }) => status)).toEqual(['open', 'paid', 'awaiting_deposit', 'disabled'])
  return ids
}

async function answerOf(app: Prey['app'], { url, init }: Attack) {
  const asking = (async () => {
    const response = await app.request(url, init)
    const { status, headers } = response
    const type = headers.get('content-type') ?? ''
    if (!type.startsWith('text/event-stream')) return { status, headers, type, text: await response.text() }
    await response.body?.cancel()
    return { status, headers, type, text: '' }
  })()
  let timer: NodeJS.Timeout | undefined
  const hung = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer: ${init.method} ${url.slice(0, 300)}`)), patienceMs)
  })
  return Promise.race([asking, hung]).finally(() => clearTimeout(timer))
}

test(`${attacks} hostile requests over every address: no 5xx, no hang, nothing changed, nothing reflected`, async () => {
  const chance = chanceOf(seedOf('hostile'))
  const shop = openTargets()
  const ids = await makeLinks(shop)
  const addresses = addressesOf(shop.app)
  expect(addresses.length).toBeGreaterThan(13)
  const targets = { ids, token: await shop.signIn(), order: anOrder() }
  const tables = ['links', 'payments', 'history', 'checkouts', 'events']
  const before = await dumpOf(shop.database, tables)

  const answers: Record<string, number> = {}
  for (let count = 0; count < attacks; count++) {
    const address = addresses[count % addresses.length]
    if (!address) continue
    const request = attack(address, targets, chance)
    const { status, headers, type, text } = await answerOf(shop.app, request)
    const description = `${request.init.method} ${request.url.slice(0, 500)} ${String(request.init.body).slice(0, 500)}`
    answers[status] = (answers[status] ?? 0) + 1
    expect(status, description).toBeLessThan(500)
    for (const [name, value] of headers) expect(`${name}: ${value}`, description).not.toContain('m4rk3r')
    if (/html|xml|svg|javascript/.test(type)) expect(text, description).not.toMatch(harm)
  }
  process.stdout.write(`hostile: ${addresses.length} addresses, answers ${JSON.stringify(answers)}\n`)
  expect(await dumpOf(shop.database, tables)).toBe(before)
  expect(shop.log.filter(({ event }) => event === 'request.failed')).toEqual([])
  for (const status of [200, 400, 401, 404, 413, 415])
    expect(answers[status], String(status)).toBeGreaterThan(20)
})
