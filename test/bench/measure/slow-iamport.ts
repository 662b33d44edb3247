// A mock i'mport that responds after a delay, with one started attempt per order.
import { once } from 'node:events'
import { createServer } from 'node:http'

export interface SlowIamport {
  url: string
  /** Times of the requests about an order in milliseconds. */
  requestTimes: number[]
  close: () => Promise<void>
}

export async function openSlowIamport(answersAfterMs: number): Promise<SlowIamport> {
  const requestTimes: number[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://iamport')
    const order = /^\/payments\/findAll\/(.+)$/.exec(pathname)?.[1]
    if (order) requestTimes.push(performance.now())
    request.resume()
    setTimeout(() => {
      const list = [{ imp_uid: `imp_${order}`, merchant_uid: order, status: 'ready', amount: 10_000 }]
      const answer = order
        ? { total: 1, previous: 0, next: 0, list }
        : { access_token: 'token', now: 0, expired_at: 1800 }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ code: 0, message: null, response: answer }))
    }, answersAfterMs)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requestTimes,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
