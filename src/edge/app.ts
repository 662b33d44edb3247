// All middleware and routes.
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import { clientAddress } from './config/client-address.ts'
import type { AppDeps } from './context.ts'
import { createContext } from './create-context.ts'
import { loopbackOnly } from './http/middleware/loopback-only.ts'
import { createRateLimits } from './http/middleware/rate-limit.ts'
import { logRequests } from './http/middleware/request-log.ts'
import { commonHeaders } from './http/middleware/security-headers.ts'
import { serviceUnavailable } from './http/middleware/unavailable.ts'
import { REVALIDATE } from './http/response/cache-control.ts'
import { isMerchantPath, merchantError } from './http/response/merchant-response.ts'
import { pageError } from './http/response/page-response.ts'
import { isPortonePath, portoneError } from './http/response/portone-response.ts'
import { docsFile, openapi } from './openapi/docs-route.ts'
import { DatabaseUnavailable } from './platform/ports/database.ts'
import { makeRandomId } from './platform/random-id.ts'
import { portoneRoutes } from './portone-api/routes.ts'
import { handleConfirm } from './routes/iamport/confirm.ts'
import { handleNotice } from './routes/iamport/notice.ts'
import { handleCreateLink } from './routes/merchant/create-link.ts'
import { handleDeleteCard } from './routes/merchant/delete-card.ts'
import { handleDisableLink } from './routes/merchant/disable-link.ts'
import { handleGetToken } from './routes/merchant/get-token.ts'
import { handleListEvents } from './routes/merchant/list-events.ts'
import { handleListLinks } from './routes/merchant/list-links.ts'
import { handleReadLink } from './routes/merchant/read-link.ts'
import { handleRedeliverEvent } from './routes/merchant/redeliver-event.ts'
import { handleCspReports } from './routes/operations/csp-reports.ts'
import { handleHealth } from './routes/operations/health.ts'
import { handleLogo } from './routes/operations/logo.ts'
import { handleCheckout } from './routes/page/checkout.ts'
import { handleLive } from './routes/page/live.ts'
import { handleOpened } from './routes/page/open-window.ts'
import { handlePage } from './routes/page/page.ts'
import { handleRegisterCard } from './routes/page/register-card.ts'
import { handleSettle } from './routes/page/settle-link.ts'
import { handleView } from './routes/page/view-link.ts'
import { handleWindowFailed } from './routes/page/window-failed.ts'

declare module 'hono' {
  interface ContextVariableMap {
    requestId: string
    /** Client address used as rate-limit key. */
    address: string
  }
}

const merchantLinks = '/api/supplements/v1/link/payment'
const merchantEvents = '/api/supplements/v1/link/events'

export function createApp(deps: AppDeps): Hono {
  const { settings, log } = deps
  const context = createContext(deps)
  const limits = createRateLimits(context)
  const app = new Hono()

  app.use(async function setRequestContext(c, next) {
    c.set('requestId', makeRandomId(deps.random))
    c.set('address', clientAddress(deps.peerOf?.(c.env), c.req.raw.headers, settings.trustProxy))
    await next()
    c.header('x-request-id', c.get('requestId'))
    for (const [name, value] of commonHeaders(settings)) if (!c.res.headers.has(name)) c.header(name, value)
  })
  app.use(logRequests(context))

  // Only the page's endpoints allow CORS, because the page may be hosted on another origin.
  const allowAnyOrigin = cors({
    origin: '*',
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type'],
    maxAge: 7200,
  })
  for (const endpoint of ['', '/live', '/checkout', '/opened', '/window-failed', '/settle'])
    app.use(`/links/:id${endpoint}`, allowAnyOrigin)

  if (settings.apiIsLoopbackOnly)
    for (const api of ['/api/*', '/users/*', '/subscribe/*']) app.use(api, loopbackOnly(context))

  app.use('/links/:id/*', limits.possibleIds, limits.unknownJson)
  app.use(
    '/links/:id/checkout',
    limits.each('checkout', (address, id) => `${id} ${address}`),
  )
  app.use(
    '/links/:id/opened',
    limits.each('opened', (address, id) => `${id} ${address}`),
  )
  app.use(
    '/links/:id/window-failed',
    limits.each('window_failed', (address, id) => `${id} ${address}`),
  )
  app.use(
    '/links/:id/settle',
    limits.each('settle', (_, id) => id),
  )
  app.use(
    '/links/:id/notice',
    limits.each('notice_address', (address) => address),
    limits.each('notice', (address, id) => `${id} ${address}`),
  )
  app.use(
    '/csp-reports',
    limits.each('csp_report', (address) => address),
  )

  app.post('/users/getToken', (c) => handleGetToken(context, c.req.raw, c.get('address')))
  app.post(merchantLinks, (c) => handleCreateLink(context, c.req.raw))
  app.get(merchantLinks, (c) => handleListLinks(context, c.req.raw))
  app.get(`${merchantLinks}/:id`, (c) => handleReadLink(context, c.req.raw, c.req.param('id')))
  app.put(`${merchantLinks}/:id`, (c) => handleDisableLink(context, c.req.raw, c.req.param('id')))

  app.delete('/subscribe/customers/:uid', (c) => handleDeleteCard(context, c.req.raw, c.req.param('uid')))

  app.get(merchantEvents, (c) => handleListEvents(context, c.req.raw))
  app.post(`${merchantEvents}/:id/redeliver`, (c) =>
    handleRedeliverEvent(context, c.req.raw, c.req.param('id')),
  )

  app.route('/api', portoneRoutes(context))

  app.get('/links/:id', (c) => handleView(context, c.req.raw, c.req.param('id')))
  app.get('/links/:id/live', (c) => handleLive(context, c.req.raw, c.req.param('id'), c.get('address')))
  app.post('/links/:id/checkout', (c) => handleCheckout(context, c.req.raw, c.req.param('id')))
  app.post('/links/:id/opened', (c) => handleOpened(context, c.req.raw, c.req.param('id')))
  app.post('/links/:id/window-failed', (c) => handleWindowFailed(context, c.req.raw, c.req.param('id')))
  app.post('/links/:id/card', (c) =>
    handleRegisterCard(context, c.req.raw, c.req.param('id'), c.get('address')),
  )
  app.post('/links/:id/settle', (c) => handleSettle(context, c.req.raw, c.req.param('id')))
  app.post('/links/:id/notice', (c) => handleNotice(context, c.req.raw, c.req.param('id')))
  app.post('/links/:id/confirm', (c) =>
    handleConfirm(context, c.req.raw, c.req.param('id'), c.get('address')),
  )

  app.get('/logos/:id', (c) => handleLogo(context, c.req.param('id')))

  app.post('/csp-reports', (c) => handleCspReports(context, c.req.raw))
  app.get('/healthz', () => handleHealth(context))
  app.get('/openapi.json', (c) => c.json(openapi(settings), 200, { 'cache-control': REVALIDATE }))
  app.get('/docs', () => docsFile(context, 'index.html'))
  app.get('/docs/:file', (c) => docsFile(context, c.req.param('file')))

  app.get('/', (c) => handlePage(context, c.req.raw, '', false))
  app.get('/:id', limits.unknownPage, (c) => handlePage(context, c.req.raw, c.req.param('id'), false))
  app.get('/:id/return', limits.unknownPage, (c) => handlePage(context, c.req.raw, c.req.param('id'), true))

  app.notFound((c) => {
    if (isPortonePath(c.req.path))
      return portoneError({ status: 404, code: '4001', message: 'no such address' })
    return isMerchantPath(c.req.path)
      ? merchantError({ status: 404, message: 'no such address' })
      : pageError({ reason: 'not_found' })
  })
  app.onError((error, c) => {
    if (error instanceof DatabaseUnavailable) return serviceUnavailable(context, c)
    const request = c.get('requestId')
    log.error({
      event: 'request.failed',
      request,
      method: c.req.method,
      route: routePath(c, -1),
      error: error.stack,
    })
    const message = `something broke on our side (request ${request})`
    if (isPortonePath(c.req.path)) return portoneError({ status: 500, code: '5000', message })
    return isMerchantPath(c.req.path)
      ? merchantError({ status: 500, message })
      : pageError({ reason: 'internal' })
  })
  return app
}
