// What a server on a developer's computer lets other computers of the same network do. They are this computer by the
// address of its own network interface: the server sees the same.
import { networkInterfaces } from 'node:os'
import { describe, expect, test, vi } from 'vitest'
import { freePort } from '../support/server.ts'
import { useServers } from './servers.ts'

vi.setConfig({ testTimeout: 30_000 })

const start = useServers()

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address
const from = (port: number) => `http://${outside}:${port}`

describe.skipIf(!outside)('another computer', () => {
  test('reads no metrics, unless METRICS_HOST opens them', async () => {
    const [closed, open] = [await freePort(), await freePort()]
    await start({ METRICS_PORT: String(closed) })
    await start({ METRICS_PORT: String(open), METRICS_HOST: '0.0.0.0' })
    expect((await fetch(`http://127.0.0.1:${closed}/metrics`)).status).toBe(200)
    await expect(fetch(`${from(closed)}/metrics`)).rejects.toThrow()
    expect((await fetch(`${from(open)}/metrics`)).status).toBe(200)
  })
})
