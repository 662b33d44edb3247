import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { controlRoutes } from './control/control.ts'
import { createSandboxContext } from './engine/context.ts'
import { restRoutes } from './rest/routes.ts'
import { serviceRoutes } from './rest/service.ts'
import { checkoutRoutes } from './window/checkout.ts'
import { gatewayScript } from './window/gateway-script.ts'
import { receiptRoutes } from './window/receipt.ts'
import { windowRoutes } from './window/routes.ts'

export interface SandboxOptions {
  /** compiled sdk/main.ts, served as /v1/iamport.js */
  sdk: string
  /** unix milliseconds */
  now: () => number
  /** used for notices and confirm_url */
  fetch: typeof fetch
}

const maxBodyBytes = 64 * 1024

/** Creates an i'mport simulator with its own in-memory state, for a host to mount under any path. */
export function createSandbox({ sdk, now, fetch }: SandboxOptions): Hono {
  const context = createSandboxContext({ now, fetch })
  const app = new Hono()
  app.use(bodyLimit({ maxSize: maxBodyBytes }))
  app.get('/v1/iamport.js', (c) => {
    if (context.settings.sdk === 'down') return c.body(null, 503)
    return c.body(sdk, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' })
  })
  app.route('/api', restRoutes(context))
  app.route('/service', serviceRoutes(context))
  app.route('/checkout', checkoutRoutes(context))
  app.route('/window', windowRoutes(context))
  // One script simulates those of all gateways.
  app.get('/scripts/:name', (c) =>
    c.body(gatewayScript, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  )
  app.route('/receipt', receiptRoutes(context))
  app.route('/control', controlRoutes(context))
  return app
}
