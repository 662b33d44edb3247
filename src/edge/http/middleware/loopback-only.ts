import type { MiddlewareHandler } from 'hono'
import type { AppContext } from '../../context.ts'
import { isLoopbackAddress, isLoopbackHost } from '../../platform/network/local-host.ts'
import { merchantError } from '../response/merchant-response.ts'
import { isPortonePath, portoneError } from '../response/portone-response.ts'

const message =
  'this sandbox answers its API to http://localhost on its own computer only: start it with SANDBOX=true to let others use it'

/** Also checks the Host header, against DNS rebinding from a web site in the developer's browser. */
export function loopbackOnly({ peerOf }: Pick<AppContext, 'peerOf'>): MiddlewareHandler {
  return async function rejectOtherHosts(c, next) {
    const { hostname } = new URL(c.req.url)
    if (isLoopbackAddress(peerOf?.(c.env)) && isLoopbackHost(hostname)) return next()
    return isPortonePath(c.req.path)
      ? portoneError({ status: 403, code: '4034', message })
      : merchantError({ status: 403, message })
  }
}
