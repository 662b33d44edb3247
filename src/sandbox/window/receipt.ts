import { Hono } from 'hono'
import type { SandboxContext } from '../engine/context.ts'
import { errorPage, receiptPage } from './pages.ts'
import { securityHeaders } from './security-headers.ts'
import { languageOf } from './texts.ts'

export function receiptRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  routes.use(securityHeaders)
  routes.get('/:imp_uid', (c) => {
    const attempt = context.ledger.find(c.req.param('imp_uid'))
    if (!attempt || attempt.payment.paid_at === 0)
      return c.html(errorPage({ reason: 'notFound', files: '../window/files' }), 404)
    return c.html(receiptPage({ payment: attempt.payment, language: languageOf(attempt.order.language) }))
  })
  return routes
}
