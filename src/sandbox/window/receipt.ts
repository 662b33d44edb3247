import { Hono } from 'hono'
import type { World } from '../engine/context.ts'
import { deadEndPage, receiptPage } from './pages.ts'
import { guardPages } from './security-headers.ts'
import { languageOf } from './texts.ts'

export function receiptRoutes(world: World): Hono {
  const routes = new Hono()
  routes.use(guardPages)
  routes.get('/:imp_uid', (c) => {
    const attempt = world.ledger.find(c.req.param('imp_uid'))
    if (!attempt || attempt.payment.paid_at === 0)
      return c.html(deadEndPage({ why: 'gone', files: './files' }), 404)
    return c.html(receiptPage({ payment: attempt.payment, language: languageOf(attempt.order.language) }))
  })
  return routes
}
