// The addresses of the global API, under `/api`.
import { Hono } from 'hono'
import type { Room } from '../context.ts'
import { giveGlobalToken } from './routes/auth-token.ts'
import { cancelGlobalLink, refuseCancelByGet } from './routes/cancel.ts'
import { createGlobalLink } from './routes/create.ts'
import { generateSignature } from './routes/generate-signature.ts'
import { readGlobalLink } from './routes/read.ts'

export function globalRoutes(room: Room): Hono {
  const routes = new Hono()
  routes.post('/merchant/auth-token', (c) => giveGlobalToken(room, c.req.raw, c.get('address')))
  routes.post('/merchant/generate-signature', (c) => generateSignature(room, c.req.raw, c.get('address')))
  routes.post('/paymentLink', (c) => createGlobalLink(room, c.req.raw, c.get('address')))
  routes.get('/paymentLink/:ref', (c) =>
    readGlobalLink(room, c.req.raw, c.req.param('ref'), c.get('address'), 'link'),
  )
  routes.get('/paymentLink/:ref/status', (c) =>
    readGlobalLink(room, c.req.raw, c.req.param('ref'), c.get('address'), 'status'),
  )
  routes.get('/paymentLink/:ref/cancelled', refuseCancelByGet)
  routes.on(['POST', 'PUT'], '/paymentLink/:ref/cancelled', (c) =>
    cancelGlobalLink(room, c.req.raw, c.req.param('ref'), c.get('address')),
  )
  return routes
}
