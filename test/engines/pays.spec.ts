// Differences between engines: popups, user activation and the keyboard. All else is tested in Chromium
// (test/journeys).
import { mkdirSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type MerchantClient, merchantAt } from '../support/merchant.ts'
import { type Server, startServer } from '../support/server.ts'
import { type Customer, customerAt } from './customer.ts'
import { engines, isThere } from './engines.mjs'
import { openPermissionGate, type PermissionGate } from './permission-gate.ts'
import { type RunningEngine, startEngine } from './start-engine.ts'
import { keys, type Session } from './webdriver.ts'

const wanted = process.env.ENGINES?.split(',') ?? Object.keys(engines)
const pictures = 'node_modules/.cache/test-results/engines'

async function keepPicture(session: Session, title: string): Promise<void> {
  const picture = await session.screenshot().catch(() => undefined)
  if (!picture) return
  mkdirSync(pictures, { recursive: true })
  writeFileSync(`${pictures}/${title}.png`, picture)
}

for (const [name, engine] of Object.entries(engines).filter(([name]) => wanted.includes(name)))
  describe.skipIf(!isThere(name))(`a customer in ${engine.title}`, () => {
    let server: Server
    let gate: PermissionGate
    let merchant: MerchantClient
    let running: RunningEngine

    beforeAll(async () => {
      server = await startServer()
      gate = await openPermissionGate(server.port)
      merchant = merchantAt(server.url)
      await merchant.control({ channels: ['html5_inicis', 'payco', 'eximbay'] })
      running = await startEngine(engine)
    })
    afterAll(async () => {
      await running?.close()
      await gate?.close()
      await server?.stop()
    })

    /** Opens the link in a new browser; its permission to open a window is held back. */
    const before = (pg: string, act: (customer: Customer) => Promise<void>) => async () => {
      const { id } = await merchant.create({ pay_methods: [{ pg, pay_method: 'card', label: '카드' }] })
      gate.hold()
      const session = await running.openBrowser()
      try {
        const customer = customerAt(session)
        await customer.open(`${gate.url}/${id}`)
        await act(customer)
      } catch (error) {
        await keepPicture(session, `${name} ${pg}`)
        throw error
      } finally {
        await session.close()
      }
    }

    /** Releases the permission before the press. */
    async function press(customer: Customer): Promise<void> {
      gate.release()
      await customer.hasPermission()
      await customer.pay()
    }

    test(
      'pays in the gateway’s frame',
      before('html5_inicis', async (customer) => {
        await press(customer)
        await customer.inFrame('html5_inicis', 'approve')
        await customer.isAt('paid')
      }),
    )

    test.each(['payco', 'eximbay'])('pays in the popup of %s with one press', (pg) =>
      before(pg, async (customer) => {
        await press(customer)
        await customer.inPopup('approve')
        await customer.isAt('paid')
      })(),
    )

    test(
      'closes the popup and reads that nothing was charged',
      before('payco', async (customer) => {
        await press(customer)
        await customer.inPopup('close')
        await customer.isAt('cancelled')
      }),
    )

    test(
      'leaves an open popup by the bar on the page, and the popup closes',
      before('payco', async (customer) => {
        await press(customer)
        await customer.leaves()
        await customer.isAt('cancelled')
      }),
    )

    test(
      'presses before a popup is permitted, is asked to press once more, and pays',
      before('payco', async (customer) => {
        await customer.pay()
        await customer.isWaiting()
        gate.release()
        await customer.reads('한 번 더 눌러 주세요')
        await customer.pay()
        await customer.inPopup('approve')
        await customer.isAt('paid')
      }),
    )

    test(
      'presses Tab and Enter under an open window and can still pay',
      before('html5_inicis', async (customer) => {
        await press(customer)
        await customer.seesFrame('html5_inicis')
        await customer.session.press(keys.tab, keys.enter)
        await customer.session.turn()
        expect(await customer.end('html5_inicis')).toBe('paid')
      }),
    )
  })
