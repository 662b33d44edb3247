// A proxy between an edge and i'mport's REST API that breaks one kind of request about one order. All others
// pass, so many customers can be tested in parallel.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export const calls = ['getToken', 'prepare', 'look', 'change', 'payment', 'order', 'cancel'] as const
export const cardCalls = ['key', 'issue', 'once', 'delete'] as const

/**
 * `look` and `change` are GET and PUT of a prepared amount, `order` is findAll; `key` and `issue` are GET and
 * POST of a customer.
 */
export type Call = (typeof calls)[number] | (typeof cardCalls)[number]

/**
 * `reset` and `cut`: done, but the response is lost or truncated. `hang`: nothing happens until the client
 * gives up. `error`: a gateway's 500. `refused`: HTTP 200 with a code other than 0. `unauthorized`: 401 for
 * any token.
 */
export const faults = ['reset', 'hang', 'error', 'cut', 'refused', 'unauthorized'] as const
export type Fault = (typeof faults)[number]

export interface FaultProxy {
  url: string
  /** @param order merchant_uid, or customer_uid for a card; ignored for `getToken` */
  break: (call: Call, fault: Fault, order: string) => void
  mend: (call: Call, order: string) => void
  /** Number of requests that met a fault. */
  met: (call: Call, order: string) => number
  /** Invalidates all tokens. */
  revokeTokens: () => void
  close: () => Promise<void>
}

interface TargetedCall {
  call: Call | undefined
  order: string
}

/** @param hangMs limit for a hanging request */
export async function openFaultProxy(target: () => string, hangMs: number): Promise<FaultProxy> {
  const broken = new Map<string, Fault>()
  const counts = new Map<string, number>()
  let generation = 1

  async function pass(request: IncomingMessage, body: Buffer): Promise<{ status: number; text: string }> {
    const { method = 'GET', url = '/', headers } = request
    const token = headers.authorization?.replace(/^\d+:/, '')
    const answer = await fetch(target() + url, {
      method,
      headers: {
        ...(headers['content-type'] && { 'content-type': headers['content-type'] }),
        ...(token && { authorization: token }),
      },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    })
    const text = await answer.text()
    // Tokens contain their generation.
    return { status: answer.status, text: text.replace(/("access_token":")/, `$1${generation}:`) }
  }

  async function name(request: IncomingMessage, body: Buffer): Promise<TargetedCall> {
    const { method, url = '/' } = request
    const { pathname } = new URL(url, 'http://proxy')
    const fields = (body.length > 0 ? JSON.parse(body.toString()) : {}) as Record<string, string>
    const last = decodeURIComponent(pathname.split('/').at(-1) ?? '')
    if (pathname === '/users/getToken') return { call: 'getToken', order: '' }
    if (pathname.startsWith('/payments/prepare')) {
      const call = method === 'POST' ? 'prepare' : method === 'PUT' ? 'change' : 'look'
      return { call, order: fields.merchant_uid ?? last }
    }
    if (pathname.startsWith('/payments/findAll/')) return { call: 'order', order: last }
    if (pathname.startsWith('/subscribe/customers/')) {
      const call = method === 'POST' ? 'issue' : method === 'DELETE' ? 'delete' : 'key'
      return { call, order: last }
    }
    if (pathname === '/subscribe/payments/onetime') return { call: 'once', order: fields.merchant_uid ?? '' }
    const isCancel = pathname === '/payments/cancel'
    if (!isCancel && !/^\/payments\/[\w-]+$/.test(pathname)) return { call: undefined, order: '' }
    return { call: isCancel ? 'cancel' : 'payment', order: await orderOf(request, fields.imp_uid ?? last) }
  }

  /** Requests about a payment name no order, so the sandbox is asked. */
  async function orderOf({ headers }: IncomingMessage, impUid: string): Promise<string> {
    const token = headers.authorization?.replace(/^\d+:/, '') ?? ''
    const path = `/payments/${impUid}?include_sandbox=true`
    const answer = await fetch(target() + path, { headers: { authorization: token } })
    const { response } = (await answer.json()) as { response: { merchant_uid: string } | null }
    return response?.merchant_uid ?? ''
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const respond = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
    const no = (code: number) => JSON.stringify({ code, message: 'no', response: null })
    const token = request.headers.authorization
    if (token && !token.startsWith(`${generation}:`)) return void respond(401, no(-1))
    const { call, order } = await name(request, body)
    const key = `${call} ${call === 'getToken' ? '' : order}`
    const fault = broken.get(key)
    if (fault) counts.set(key, (counts.get(key) ?? 0) + 1)
    switch (fault) {
      case undefined: {
        const { status, text } = await pass(request, body)
        return void respond(status, text)
      }
      case 'reset':
        await pass(request, body)
        return void response.destroy()
      case 'cut': {
        const { status, text } = await pass(request, body)
        return void respond(status, text.slice(0, text.length / 2))
      }
      case 'hang': {
        const timer = setTimeout(() => response.destroy(), hangMs)
        return void response.once('close', () => clearTimeout(timer))
      }
      case 'error':
        return void response.writeHead(500, { 'content-type': 'text/html' }).end('<h1>500</h1>')
      case 'refused':
        return void respond(200, no(1))
      case 'unauthorized':
        return void respond(401, no(-1))
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const keyOf = (call: Call, order: string) => `${call} ${call === 'getToken' ? '' : order}`
  return {
    url: `http://127.0.0.1:${port}`,
    break: (call, fault, order) => void broken.set(keyOf(call, order), fault),
    mend: (call, order) => void broken.delete(keyOf(call, order)),
    met: (call, order) => counts.get(keyOf(call, order)) ?? 0,
    revokeTokens() {
      generation += 1
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
