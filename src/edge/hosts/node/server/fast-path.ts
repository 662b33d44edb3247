import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FastPath, FastResponse } from '../../../features/page-view/page-cache.ts'
import { acceptsEncoding } from '../files/accepts-encoding.ts'

/** A host as it stands in an address; another one is the edge's to refuse. */
const plainHost = /^[\w.-]+(:\d+)?$/

/**
 * Answers looks on Node's own response: to make a `Request` and a `Response` of them takes longer than all
 * the rest of the answer. Whatever is not a look goes the long way.
 */
export function serveFastPath(looks: FastPath, longWay: RequestListener): RequestListener {
  return (request, response) => {
    const seen = lookOf(looks, request)
    if (!seen) longWay(request, response)
    else if (seen instanceof Promise)
      void seen.then((look) => (look ? send(response, look) : longWay(request, response)))
    else send(response, seen)
  }
}

function lookOf(looks: FastPath, { method, url = '/', headers }: IncomingMessage) {
  const host = headers.host ?? ''
  const carriesBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  if (method !== 'GET' || carriesBody || !plainHost.test(host)) return undefined
  return looks({
    target: url,
    origin: `http://${host}`,
    brotli: () => acceptsEncoding(headers['accept-encoding'], 'br'),
    header: (name) => headers[name],
  })
}

function send(response: ServerResponse, { requestId, headers, head: begun, tail: end }: FastResponse): void {
  const body = Buffer.allocUnsafe(begun.length + end.length)
  body.set(begun)
  body.write(end, begun.length, 'latin1')
  const own = ['content-length', String(body.length), 'x-request-id', requestId]
  response.writeHead(200, own.concat(headers))
  response.end(body)
}
