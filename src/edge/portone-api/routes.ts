// Routes of the global API, under `/api`.
import { Hono } from 'hono'
import type { AppContext } from '../context.ts'
import { handlePortoneToken } from './routes/auth-token.ts'
import { handlePortoneCancel, rejectCancelByGet } from './routes/cancel.ts'
import { handlePortoneCreate } from './routes/create.ts'
import { handleGenerateSignature } from './routes/generate-signature.ts'
import { handlePortoneRead } from './routes/read.ts'

export function portoneRoutes(context: AppContext): Hono {
  const routes = new Hono()
  routes.post('/merchant/auth-token', (c) => handlePortoneToken(context, c.req.raw, c.get('address')))
  routes.post('/merchant/generate-signature', (c) =>
    handleGenerateSignature(context, c.req.raw, c.get('address')),
  )
  routes.post('/paymentLink', (c) => handlePortoneCreate(context, c.req.raw, c.get('address')))
  routes.get('/paymentLink/:ref', (c) =>
    handlePortoneRead(context, c.req.raw, c.req.param('ref'), c.get('address'), 'link'),
  )
  routes.get('/paymentLink/:ref/status', (c) =>
    handlePortoneRead(context, c.req.raw, c.req.param('ref'), c.get('address'), 'status'),
  )
  routes.get('/paymentLink/:ref/cancelled', rejectCancelByGet)
  routes.on(['POST', 'PUT'], '/paymentLink/:ref/cancelled', (c) =>
    handlePortoneCancel(context, c.req.raw, c.req.param('ref'), c.get('address')),
  )
  return routes
}
