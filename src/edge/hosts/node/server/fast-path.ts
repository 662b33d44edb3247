import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { FastPath, FastResponse } from '../../../features/page-view/page-cache.ts'
import { acceptsEncoding } from '../files/accepts-encoding.ts'

/** A valid host header; the edge rejects others. */
const plainHost = /^[\w.-]+(:\d+)?$/

/**
 * Serves cached pages and views directly on Node's response, because creating a `Request` and a `Response` takes longer
 * than the rest of the answer. Other requests go to `next`.
 */
export function serveFastPath(fastPath: FastPath, next: RequestListener): RequestListener {
  return (request, response) => {
    const found = tryFastPath(fastPath, request)
    if (!found) next(request, response)
    else if (found instanceof Promise)
      void found.then((answer) => (answer ? send(response, answer) : next(request, response)))
    else send(response, found)
  }
}

function tryFastPath(fastPath: FastPath, { method, url = '/', headers }: IncomingMessage) {
  const host = headers.host ?? ''
  const carriesBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
  if (method !== 'GET' || carriesBody || !plainHost.test(host)) return undefined
  return fastPath({
    target: url,
    origin: `http://${host}`,
    brotli: () => acceptsEncoding(headers['accept-encoding'], 'br'),
    header: (name) => headers[name],
  })
}

function send(response: ServerResponse, { requestId, headers, head, tail }: FastResponse): void {
  const body = Buffer.allocUnsafe(head.length + tail.length)
  body.set(head)
  body.write(tail, head.length, 'latin1')
  const own = ['content-length', String(body.length), 'x-request-id', requestId]
  response.writeHead(200, own.concat(headers))
  response.end(body)
}
