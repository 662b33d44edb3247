// The merchant's own server on the loopback; records everything that it receives.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Told {
  path: string
  /** `webhook-id`: the same for every delivery attempt of an event. */
  id: string
  body: Record<string, unknown>
}

export interface Receiver {
  url: string
  told: Told[]
  close: () => Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const told: Told[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>
      told.push({ path: request.url ?? '', id: String(request.headers['webhook-id']), body })
      response.writeHead(200).end()
    })
    request.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    told,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
