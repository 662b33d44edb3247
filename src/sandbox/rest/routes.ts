import { Hono } from 'hono'
import type { World } from '../engine/context.ts'
import { requireToken } from './access.ts'
import { cancelRoutes } from './cancel.ts'
import { customerRoutes } from './customers.ts'
import { refuseCall } from './envelope.ts'
import { weather } from './faults.ts'
import { paymentRoutes } from './payments.ts'
import { prepareRoutes } from './prepare.ts'
import { subscribeRoutes } from './subscribe.ts'
import { userRoutes } from './users.ts'

/** What the merchant's server calls; `api.iamport.kr` upstream. No CORS, as there. */
export function restRoutes(world: World): Hono {
  const routes = new Hono()
  routes.use(weather(world))
  routes.route('/users', userRoutes(world))
  routes.use('/payments/*', requireToken(world))
  routes.route('/payments/prepare', prepareRoutes(world))
  routes.route('/payments/cancel', cancelRoutes(world))
  routes.route('/payments', paymentRoutes(world))
  routes.use('/subscribe/*', requireToken(world))
  routes.route('/subscribe/customers', customerRoutes(world))
  routes.route('/subscribe/payments', subscribeRoutes(world))
  routes.all('*', (c) => refuseCall(c, '샌드박스에 없는 API예요.', 404))
  return routes
}
