// What a server on a developer's computer lets other computers in its network do. This computer plays the
// other one, by the address of its own network interface.
import { networkInterfaces } from 'node:os'
import { describe, expect, test, vi } from 'vitest'
import { gatewayAt } from '../support/gateway.ts'
import { merchantAt } from '../support/merchant.ts'
import { payInSandbox } from '../support/pay.ts'
import { openReceiver } from '../support/receiver.ts'
import { freePort } from '../support/server.ts'
import { useServers } from './servers.ts'

vi.setConfig({ testTimeout: 30_000 })

const start = useServers()

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address
const from = (port: number) => `http://${outside}:${port}`

const getToken = (base: string) =>
  fetch(`${base}/users/getToken`, {
    method: 'POST',
    body: new URLSearchParams({ imp_key: 'sandbox', imp_secret: 'sandbox' }),
  })

describe.skipIf(!outside)('another computer', () => {
  test('gets no token from a sandbox that was not requested by SANDBOX=true, but can open and pay its links', async () => {
    const server = await start()
    const base = from(server.port)
    const refused = await getToken(base)
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ code: -1, message: expect.stringContaining('SANDBOX=true') })
    expect((await getToken(server.url)).status).toBe(200)

    const link = await merchantAt(server.url).create()
    expect((await fetch(`${base}/${link.id}`)).status).toBe(200)
    await payInSandbox(base, link.id)
    expect(await merchantAt(server.url).read(link.id)).toMatchObject({ status: 'paid' })
  })
  test('gets a token from a sandbox with SANDBOX=true', async () => {
    const server = await start({ SANDBOX: 'true' })
    expect((await getToken(from(server.port))).status).toBe(200)
  })
  test.each<Record<string, string>>([{}, { SANDBOX: 'true' }])(
    'cannot make the sandbox’s i’mport post to other programs of this computer: %j',
    async (env) => {
      const receiver = await openReceiver()
      const server = await start(env)
      const params = { amount: 1000, notice_url: `${receiver.url}/internal` }
      await gatewayAt(`${from(server.port)}/sandbox`).pay({ ...params, merchant_uid: 'from-outside' })
      expect(receiver.told).toEqual([])
      await gatewayAt(`${server.url}/sandbox`).pay({ ...params, merchant_uid: 'from-here' })
      expect(receiver.told.map(({ path }) => path)).toEqual(env.SANDBOX ? [] : ['/internal'])
      await receiver.close()
    },
  )
  test('cannot read metrics unless METRICS_HOST allows it', async () => {
    const [closed, open] = [await freePort(), await freePort()]
    await start({ METRICS_PORT: String(closed) })
    await start({ METRICS_PORT: String(open), METRICS_HOST: '0.0.0.0' })
    expect((await fetch(`http://127.0.0.1:${closed}/metrics`)).status).toBe(200)
    await expect(fetch(`${from(closed)}/metrics`)).rejects.toThrow()
    expect((await fetch(`${from(open)}/metrics`)).status).toBe(200)
  })
})
