import { Hono } from 'hono'
import type { SandboxContext } from '../engine/context.ts'
import { requireToken } from './access.ts'
import { cancelRoutes } from './cancel.ts'
import { customerRoutes } from './customers.ts'
import { failure } from './envelope.ts'
import { injectFaults } from './faults.ts'
import { paymentRoutes } from './payments.ts'
import { prepareRoutes } from './prepare.ts'
import { subscribeRoutes } from './subscribe.ts'
import { userRoutes } from './users.ts'

/** The REST API, `api.iamport.kr` upstream. Without CORS headers, as upstream. */
export function restRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  routes.use(injectFaults(context))
  routes.route('/users', userRoutes(context))
  routes.use('/payments/*', requireToken(context))
  routes.route('/payments/prepare', prepareRoutes(context))
  routes.route('/payments/cancel', cancelRoutes(context))
  routes.route('/payments', paymentRoutes(context))
  routes.use('/subscribe/*', requireToken(context))
  routes.route('/subscribe/customers', customerRoutes(context))
  routes.route('/subscribe/payments', subscribeRoutes(context))
  routes.all('*', (c) => failure(c, '샌드박스에 없는 API예요.', 404))
  return routes
}
