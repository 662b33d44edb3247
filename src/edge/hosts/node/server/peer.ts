import type { IncomingMessage } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import ipaddr from 'ipaddr.js'
import type { Logger } from '../../../platform/observability/logger.ts'

/** The remote address of the socket. */
export function peerOf(env: unknown): string | undefined {
  return (env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress
}

/** Warns once about a proxy without TRUST_PROXY, because rate limits would then count all customers as one. */
export function warnOfProxy(log: Logger): (request: IncomingMessage) => void {
  let warned = false
  return ({ headers, socket }) => {
    if (warned || !headers['x-forwarded-for']) return
    const peer = socket.remoteAddress
    if (!peer || ipaddr.process(peer.replace(/%.*$/, '')).range() === 'unicast') return
    warned = true
    log.warn({
      event: 'trust_proxy.unset',
      help: 'requests come through a proxy: set TRUST_PROXY=x-forwarded-for:1, or limits take all visitors for one',
    })
  }
}
