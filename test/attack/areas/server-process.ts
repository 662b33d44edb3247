// A real server process: its start, its files, its outgoing requests and crashes.
import { mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { operate } from '../../support/operate.ts'
import { freePort } from '../../support/server.ts'
import type { EdgeOptions } from '../edge/edge.ts'
import { listen, type ServerEdge, startServer, tryToStart } from '../edge/server.ts'
import { area, type Trial } from '../scenario.ts'
import { type Clock, hour, type Link, type Shop, type ShopOptions } from '../shop.ts'
import type { Entry } from '../upstream/records.ts'
import { checkForeign, moneyOf, typesOf } from './foreign-payments.ts'

const { scenarios, slow } = area('server-process')

export { scenarios }

const folderOf = () => mkdtempSync(join(tmpdir(), 'dari-attack-'))

/** Runs Dari as a server process, connected by real sockets. */
async function openOnServer(trial: Trial, options: ShopOptions = {}): Promise<Shop> {
  const start = async (given: EdgeOptions, clock: Clock): Promise<ServerEdge> => {
    const [iamport, receiver] = [await listen(given.iamport), await listen(given.outgoing)]
    trial.after(() => {
      iamport.close()
      receiver.close()
    })
    const env = {
      EVENTS_ALLOW_PRIVATE: 'true',
      ...given.env,
      MERCHANTS: (given.env.MERCHANTS ?? '').replaceAll('https://shop.example', receiver.url),
      IAMPORT_API_URL: iamport.url,
      DATABASE_URL: `file:${given.database}`,
    }
    const server = await startServer(env, await freePort())
    return followClock(server, clock)
  }
  return trial.shop({ database: join(folderOf(), 'data', 'dari.db'), ...options, start })
}

/** From here on the scenario's clock is the server's, and runs. */
async function followClock(server: ServerEdge, clock: Clock): Promise<ServerEdge> {
  let ahead = 0
  let moving: Promise<void> = Promise.resolve()
  const isNew = Object.getOwnPropertyDescriptor(clock, 'now')?.get === undefined
  if (!isNew) ahead = clock.now - Date.now()
  Object.defineProperty(clock, 'now', {
    configurable: true,
    get: () => Date.now() + ahead,
    set(now: number) {
      ahead = now - Date.now()
      moving = server.moveClock(ahead)
    },
  })
  await server.moveClock(ahead)
  return { ...server, idle: () => moving }
}

async function until(done: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  const deadline = performance.now() + seconds * 1_000
  while (performance.now() < deadline) {
    if (await done()) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

const live = {
  IMP_USER_CODE: 'imp11111111',
  IMP_KEY: 'key',
  IMP_SECRET: 'secret',
  TOKEN_SECRET: 'a secret of at least thirty-two characters',
  PUBLIC_URL: 'https://pay.example',
}

const incompleteSettings: [what: string, env: Record<string, string>, starts: boolean][] = [
  ['a public address and no merchant', { PUBLIC_URL: 'https://pay.example' }, false],
  ['a secret for tokens and no merchant', { TOKEN_SECRET: live.TOKEN_SECRET }, false],
  ['a proxy and no merchant', { TRUST_PROXY: 'x-forwarded-for:1' }, false],
  [
    'a public address, events, and no merchant',
    {
      PUBLIC_URL: 'https://pay.example',
      EVENTS_URL: 'https://shop.example/e',
      EVENTS_SECRET: 'x'.repeat(32),
    },
    false,
  ],
  ['a mail server and no merchant', { SMTP_URL: 'smtp://localhost:2525', MAIL_FROM: 'Shop <a@b.kr>' }, false],
  ['nothing at all, to try it out', {}, true],
  ['an address in the home network, to try it out', { PUBLIC_URL: 'http://192.168.0.5:3000' }, true],
  [
    'a public address, and the word that it is a sandbox',
    { PUBLIC_URL: 'https://try.example', SANDBOX: 'true' },
    true,
  ],
  ['all that a live shop needs', live, true],
]

slow('a live server whose settings lack a merchant does not start as a sandbox', async (trial) => {
  for (const [what, env, starts] of incompleteSettings) {
    const { started, output } = await tryToStart({
      ...env,
      DATABASE_URL: `file:${join(folderOf(), 'dari.db')}`,
    })
    trial.check(`${what}: it ${starts ? 'starts' : 'names the missing setting'}`, started === starts, {
      started,
      output: output.slice(-120),
    })
  }
})

slow('a server with LINK_AUTH=open does not accept typed cards', async (trial) => {
  const [terms_url, privacy_url] = ['https://shop.example/terms', 'https://shop.example/privacy']
  const merchant = {
    user_code: 'imp1',
    imp_key: 'key',
    imp_secret: 'secret',
    card_form: true,
    terms_url,
    privacy_url,
  }
  const { TOKEN_SECRET, PUBLIC_URL } = live
  for (const LINK_AUTH of ['open', 'required']) {
    const env = { TOKEN_SECRET, PUBLIC_URL, MERCHANTS: JSON.stringify([merchant]), LINK_AUTH }
    const { started, output } = await tryToStart({
      ...env,
      DATABASE_URL: `file:${join(folderOf(), 'dari.db')}`,
    })
    const expected = LINK_AUTH === 'required'
    trial.check(`LINK_AUTH=${LINK_AUTH} beside card_form`, started === expected, {
      started,
      output: output.slice(-120),
    })
  }
})

slow('a live server has no sandbox: no window, no payments, no default credentials', async (trial) => {
  const shop = await openOnServer(trial)
  for (const path of [
    '/sandbox/window',
    '/sandbox/api/users/getToken',
    '/sandbox/v1/iamport.js',
    '/sandbox/messages',
  ]) {
    const { status } = await shop.edge.request('GET', path)
    trial.check(`${path} does not exist`, status === 404, { status })
  }
  const { status } = await shop.edge.request('POST', '/users/getToken', {
    imp_key: 'sandbox',
    imp_secret: 'sandbox',
  })
  trial.check('the sandbox’s credentials are rejected', status === 401, { status })
})

slow(
  'a payment runs from the first request to the merchant’s event, and a stranger cannot have it refunded',
  async (trial) => {
    const shop = await openOnServer(trial)
    const link = await shop.post()
    const payment = await shop.pay(link)
    trial.check('the link is paid', (await shop.report(link)).status === 'paid')
    trial.check(
      'the merchant is told',
      await until(() => shop.events('link.paid').length === 1, 5),
      typesOf(shop),
    )
    const other = await shop.post()
    const elsewhere = shop.upstream.payElsewhere({ merchant_uid: other.order, amount: 9_500 })
    await shop.settle(other)
    await until(() => shop.events('link.payment_foreign').length > 0, 3)
    await checkForeign(trial, shop, other, elsewhere)
    trial.check('nothing is refunded', payment.wire.cancel_amount === 0, moneyOf(payment))
  },
)

slow('files of the database and of backups are readable by their owner only', async (trial) => {
  const before = process.umask(0o022)
  trial.after(() => process.umask(before))
  const database = join(folderOf(), 'data', 'dari.db')
  const shop = await openOnServer(trial, { database })
  await shop.pay(await shop.post())
  const backups = join(dirname(dirname(database)), 'backups')
  const { code, stderr } = await operate('backup', ['--to', backups], { DATABASE_URL: `file:${database}` })
  trial.check('a backup is created', code === 0, stderr)
  for (const folder of [dirname(database), backups])
    for (const path of [folder, ...readdirSync(folder).map((name) => join(folder, name))]) {
      const mode = statSync(path).mode & 0o777
      const name = path.slice(dirname(dirname(database)).length)
      trial.check(`${name} is readable by its owner only`, (mode & 0o077) === 0, mode.toString(8))
    }
})

const inside = [
  'http://127.0.0.1:PORT/',
  'http://localhost:PORT/',
  'http://[::1]:PORT/',
  'http://0.0.0.0:PORT/',
  'http://127.1:PORT/',
  'http://2130706433:PORT/',
  'http://0x7f.1:PORT/',
  'http://[::ffff:127.0.0.1]:PORT/',
  'http://169.254.169.254/latest/meta-data/',
]

slow('notice URLs inside the server’s own network are never requested', async (trial) => {
  const requests: string[] = []
  const inner = await listen(async (request) => {
    requests.push(request.url)
    return new Response('inner')
  })
  trial.after(() => inner.close())
  const port = new URL(inner.url).port
  const shop = await openOnServer(trial, { env: { EVENTS_ALLOW_PRIVATE: 'false' }, skipAudit: true })
  let posted = 0
  for (const address of inside) {
    const notice_url = address.replace('PORT', port)
    const link = await shop.post({ notice_url }).catch(() => undefined)
    if (!link) continue
    posted += 1
    await shop.pay(link)
  }
  const tried = await until(() => shop.edge.log().split('event.failed').length > 2 * posted, 8)
  trial.check('no internal address was requested', requests.length === 0, requests)
  trial.check('the attempts were made', tried || posted === 0, { posted })
})

slow('a server killed during a refund refunds once', async (trial) => {
  const shop = await openOnServer(trial, { env: { EVENTS_ALLOW_PRIVATE: 'true' } })
  const link = await shop.post()
  const pass = await shop.checkout(link, 'clever')
  const payment = await shop.open(pass, { fields: { amount: 100 }, unchecked: true })
  const server = () => shop.edge as ServerEdge
  let killed = 0
  shop.upstream.faults.push(async ({ path }) => {
    if (path !== '/payments/cancel' || killed++ > 0) return undefined
    await server().end('SIGKILL')
    return undefined
  })
  await shop.upstream.approve(payment).catch(() => undefined)
  await shop.restart()
  shop.clock.now += hour
  const back = async () => (await shop.settle(link)).status === 200 && payment.wire.cancel_amount === 100
  trial.check('it is refunded after the restart', await until(back, 15), moneyOf(payment))
  trial.check('one refund', payment.cancels.length === 1, payment.cancels)
  await until(() => shop.events('link.payment_rejected').length > 0, 5)
  trial.check('one event', shop.events('link.payment_rejected').length === 1, typesOf(shop))
})

slow('a server killed under load loses no payment', async (trial) => {
  const shop = await openOnServer(trial)
  const links: Link[] = []
  for (let at = 0; at < 20; at++) links.push(await shop.post())
  const payments: Entry[] = []
  for (const link of links) payments.push(await shop.open(await shop.checkout(link, 'tab')))
  const underway = payments.map((payment, at) =>
    shop.upstream.approve(payment, { lost: at % 2 === 0 }).catch(() => false),
  )
  await (shop.edge as ServerEdge).end('SIGKILL')
  await Promise.all(underway)
  await shop.restart()
  shop.clock.now += 2 * hour
  const arePaid = async () =>
    (await Promise.all(links.map(async (link) => (await shop.report(link)).status))).every(
      (status) => status === 'paid',
    )
  trial.check('all twenty are paid', await until(arePaid, 30), shop.events('link.paid').length)
})
