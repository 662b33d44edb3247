import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { controlRoutes } from './control/control.ts'
import { createWorld } from './engine/context.ts'
import { restRoutes } from './rest/routes.ts'
import { serviceRoutes } from './rest/service.ts'
import { checkoutRoutes } from './window/checkout.ts'
import { gatewayScript } from './window/gateway-script.ts'
import { receiptRoutes } from './window/receipt.ts'
import { windowRoutes } from './window/routes.ts'

export interface SandboxOptions {
  /** Compiled text of sdk/main.ts, served at /v1/iamport.js */
  sdk: string
  /** unix milliseconds */
  now: () => number
  /** carries notices and confirm_url calls out */
  fetch: typeof fetch
}

const largestBody = 64 * 1024

/** A pretend i'mport with a memory of its own; every route is relative to where the host mounts it. */
export function createSandbox({ sdk, now, fetch }: SandboxOptions): Hono {
  const world = createWorld({ now, fetch })
  const app = new Hono()
  app.use(bodyLimit({ maxSize: largestBody }))
  app.get('/v1/iamport.js', (c) => {
    if (world.settings.sdk === 'down') return c.body(null, 503)
    return c.body(sdk, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' })
  })
  app.route('/api', restRoutes(world))
  app.route('/service', serviceRoutes(world))
  app.route('/checkout', checkoutRoutes(world))
  app.route('/window', windowRoutes(world))
  // Whatever the file is called: one script stands for those of all gateways.
  app.get('/scripts/:name', (c) =>
    c.body(gatewayScript, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  )
  app.route('/receipt', receiptRoutes(world))
  app.route('/control', controlRoutes(world))
  return app
}
