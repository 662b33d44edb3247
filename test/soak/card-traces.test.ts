// Card data is left nowhere after the request, in real processes and after a crash.
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { aCardForm, aTypedCard, cards } from '../support/cards.ts'
import { customerAt } from '../support/customer.ts'
import { openFaultProxy } from '../support/fault-proxy.ts'
import { raiseStage } from '../support/stage.ts'

vi.setConfig({ testTimeout: 120_000 })

const formMerchant = {
  card_form: true,
  terms_url: 'https://shop.example/terms',
  privacy_url: 'https://shop.example/privacy',
}
const metricsToken = 'a-token-of-at-least-sixteen-characters'

/** Long enough not to occur by chance in random IDs. */
const secrets = {
  birth: '2208162517',
  password: 'password":"73',
  sentPassword: 'pwd_2digit',
  numbers: Object.values(cards).flatMap((number) => [
    number,
    number.replace(/(\d{4})(?=\d)/g, '$1-'),
    number.replace(/(\d{4})(?=\d)/g, '$1 '),
    Buffer.from(number).toString('base64').slice(0, 20),
    Buffer.from(number).toString('hex'),
  ]),
}
const typed = (number: string) => aTypedCard({ number, birth: secrets.birth, password: '73' })

async function until(happened: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await happened())) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('no card data is in the database, the log, the metrics or a diagnostic report, even after a crash', async () => {
  const reports = mkdtempSync(join(tmpdir(), 'dari-reports-'))
  let proxy: Awaited<ReturnType<typeof openFaultProxy>> | undefined
  const stage = await raiseStage({
    edges: 1,
    merchant: formMerchant,
    env: {
      LOG_LEVEL: 'debug',
      METRICS_TOKEN: metricsToken,
      NODE_OPTIONS: `--report-on-signal --report-signal=SIGUSR2 --report-directory=${reports} --report-uncaught-exception`,
    },
    apiUrl: async (sandbox) => {
      proxy = await openFaultProxy(() => sandbox, 60_000)
      return proxy.url
    },
  })
  const [edge] = stage.edges
  if (!edge || !proxy) throw new Error('no edge')
  const customer = customerAt(edge.url)
  const responses: string[] = []
  const send = async (order: Record<string, unknown>, card: object | string) => {
    const link = await stage.merchant.create(order)
    const response = await fetch(`${edge.url}/links/${link.id}/card`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.9.0.${responses.length}` },
      body: typeof card === 'string' ? card : JSON.stringify(card),
    })
    responses.push(await response.text())
    return link
  }

  await send(aCardForm(), typed(cards.sound))
  await send(aCardForm({ amount: 9_900 }), typed(cards.sound))
  await send(aCardForm({ amount: 9_900 }), typed(cards.empty))
  await send(aCardForm(), typed(cards.refused))
  await send(aCardForm(), { ...typed(cards.sound), expiry: '2020-01', password: '730' })
  await send(aCardForm(), { ...typed(cards.sound), number: [cards.sound], birth: { of: secrets.birth } })
  await send(aCardForm(), JSON.stringify(typed(cards.sound)).slice(0, -1))
  await send(aCardForm(), JSON.stringify({ ...typed(cards.sound), more: 'x'.repeat(70_000) }))
  const cut = aCardForm({ customer_uid: 'trace-cut' })
  proxy.break('issue', 'cut', 'trace-cut')
  await send(cut, typed(cards.sound))
  expect(responses.map((text) => /"outcome":"(\w+)"/.exec(text)?.[1] ?? 'no')).toEqual([
    ...['registered', 'registered', 'declined', 'declined'],
    ...['no', 'no', 'no', 'no', 'registered'],
  ])
  responses.push(
    await (
      await fetch(`${edge.url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })
    ).text(),
  )

  // While the request runs: writes a diagnostic report, then kills the process.
  proxy.break('issue', 'hang', 'trace-hang')
  const link = await stage.merchant.create(aCardForm({ customer_uid: 'trace-hang' }))
  const broken = customer.sendCard(link.id, typed(cards.sound)).catch(() => 'gone')
  await until(() => (proxy?.met('issue', 'trace-hang') ?? 0) > 0)
  process.kill(edge.pid, 'SIGUSR2')
  await until(() => readdirSync(reports).length > 0 && isWhole(join(reports, readdirSync(reports)[0] ?? '')))
  await edge.stop('SIGKILL')
  expect(await broken).toBe('gone')

  const places = [stage.file, `${stage.file}-wal`, `${stage.file}-shm`].filter(existsSync)
  expect(places.length).toBeGreaterThan(1)
  const left = [...places, ...readdirSync(reports).map((name) => join(reports, name))].map((path) =>
    readFileSync(path, 'latin1'),
  )
  expect(readdirSync(dirname(stage.file)).filter((name) => name.startsWith('core'))).toEqual([])

  // The next process reads only the stored data: the result for that card is unknown.
  const next = await stage.startEdge(edge.port)
  expect((await customer.settle(link.id)).body.attempt).toEqual({ outcome: 'pending' })
  await next.stop()
  left.push(...places.filter(existsSync).map((path) => readFileSync(path, 'latin1')))

  const everything = [...left, ...responses, edge.output(), next.output()].join('\n')
  // Proves that the search works: the links are there.
  expect(everything).toContain('trace-hang')
  expect(everything).toContain('card_refused')
  expect(everything).toContain('/links/:id/card')
  for (const secret of [...secrets.numbers, secrets.birth, secrets.password, secrets.sentPassword])
    expect(everything.includes(secret), secret).toBe(false)
  await stage.close()
  await proxy.close()
})

function isWhole(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, 'utf8'))
    return true
  } catch {
    return false
  }
}
