// A fake provider's HTTP API on loopback: records requests and returns the given responses.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Request {
  path: string
  headers: IncomingHttpHeaders
  body: unknown
}

type Answer = { status?: number; body: unknown } | 'hang up'

export interface Provider {
  url: string
  requests: Request[]
  answer: (request: Request) => Answer
  close: () => Promise<void>
}

export async function openProvider(): Promise<Provider> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
      const request = { path: incoming.url ?? '', headers: incoming.headers, body }
      provider.requests.push(request)
      const answer = provider.answer(request)
      if (answer === 'hang up') return incoming.socket.destroy()
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
      return response.writeHead(answer.status ?? 200).end(text)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const provider: Provider = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answer: () => ({ body: {} }),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}
