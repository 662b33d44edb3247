// The route table: every address that the edge answers, once.
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import { clientAddress } from './config/client-address.ts'
import type { AppDeps } from './context.ts'
import { roomOf } from './create-context.ts'
import { loopbackOnly } from './http/middleware/loopback-only.ts'
import { createLimits } from './http/middleware/rate-limit.ts'
import { observe } from './http/middleware/request-log.ts'
import { everyAnswer } from './http/middleware/security-headers.ts'
import { answerAway } from './http/middleware/unavailable.ts'
import { askedEachTime } from './http/response/cache-control.ts'
import { isMerchantPath, refuse } from './http/response/merchant-response.ts'
import { fail } from './http/response/page-response.ts'
import { isGlobalPath, refuseGlobal } from './http/response/portone-response.ts'
import { docsFile, openapi } from './openapi/docs-route.ts'
import { DatabaseAway } from './platform/ports/database.ts'
import { makeRandomId } from './platform/random-id.ts'
import { globalRoutes } from './portone-api/routes.ts'
import { confirm } from './routes/iamport/confirm.ts'
import { notice } from './routes/iamport/notice.ts'
import { createLink } from './routes/merchant/create-link.ts'
import { deleteCard } from './routes/merchant/delete-card.ts'
import { disableLink } from './routes/merchant/disable-link.ts'
import { getToken } from './routes/merchant/get-token.ts'
import { listEvents } from './routes/merchant/list-events.ts'
import { listLinks } from './routes/merchant/list-links.ts'
import { readLink } from './routes/merchant/read-link.ts'
import { redeliverEvent } from './routes/merchant/redeliver-event.ts'
import { cspReports } from './routes/operations/csp-reports.ts'
import { health } from './routes/operations/health.ts'
import { logo } from './routes/operations/logo.ts'
import { checkout } from './routes/page/checkout.ts'
import { live } from './routes/page/live.ts'
import { openWindow } from './routes/page/open-window.ts'
import { page } from './routes/page/page.ts'
import { registerCard } from './routes/page/register-card.ts'
import { settleLink } from './routes/page/settle-link.ts'
import { viewLink } from './routes/page/view-link.ts'
import { windowFailed } from './routes/page/window-failed.ts'

declare module 'hono' {
  interface ContextVariableMap {
    requestId: string
    /** Who asks, as far as limits go. */
    address: string
  }
}

const merchantLinks = '/api/supplements/v1/link/payment'
const merchantEvents = '/api/supplements/v1/link/events'

export function createApp(deps: AppDeps): Hono {
  const { settings, log } = deps
  const room = roomOf(deps)
  const limits = createLimits(room)
  const app = new Hono()

  app.use(async function nameRequest(c, next) {
    c.set('requestId', makeRandomId(deps.random))
    c.set('address', clientAddress(deps.peerOf?.(c.env), c.req.raw.headers, settings.trustProxy))
    await next()
    c.header('x-request-id', c.get('requestId'))
    for (const [name, value] of everyAnswer(settings)) if (!c.res.headers.has(name)) c.header(name, value)
  })
  app.use(observe(room))

  // The page may be hosted on another origin; nothing else is any browser's business.
  const fromAnyPage = cors({
    origin: '*',
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type'],
    maxAge: 7200,
  })
  for (const door of ['', '/live', '/checkout', '/opened', '/window-failed', '/settle'])
    app.use(`/links/:id${door}`, fromAnyPage)

  if (settings.apiIsLoopbackOnly)
    for (const api of ['/api/*', '/users/*', '/subscribe/*']) app.use(api, loopbackOnly(room))

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

  app.post('/users/getToken', (c) => getToken(room, c.req.raw, c.get('address')))
  app.post(merchantLinks, (c) => createLink(room, c.req.raw))
  app.get(merchantLinks, (c) => listLinks(room, c.req.raw))
  app.get(`${merchantLinks}/:id`, (c) => readLink(room, c.req.raw, c.req.param('id')))
  app.put(`${merchantLinks}/:id`, (c) => disableLink(room, c.req.raw, c.req.param('id')))

  app.delete('/subscribe/customers/:uid', (c) => deleteCard(room, c.req.raw, c.req.param('uid')))

  app.get(merchantEvents, (c) => listEvents(room, c.req.raw))
  app.post(`${merchantEvents}/:id/redeliver`, (c) => redeliverEvent(room, c.req.raw, c.req.param('id')))

  app.route('/api', globalRoutes(room))

  app.get('/links/:id', (c) => viewLink(room, c.req.raw, c.req.param('id')))
  app.get('/links/:id/live', (c) => live(room, c.req.raw, c.req.param('id'), c.get('address')))
  app.post('/links/:id/checkout', (c) => checkout(room, c.req.raw, c.req.param('id')))
  app.post('/links/:id/opened', (c) => openWindow(room, c.req.raw, c.req.param('id')))
  app.post('/links/:id/window-failed', (c) => windowFailed(room, c.req.raw, c.req.param('id')))
  app.post('/links/:id/card', (c) => registerCard(room, c.req.raw, c.req.param('id'), c.get('address')))
  app.post('/links/:id/settle', (c) => settleLink(room, c.req.raw, c.req.param('id')))
  app.post('/links/:id/notice', (c) => notice(room, c.req.raw, c.req.param('id')))
  app.post('/links/:id/confirm', (c) => confirm(room, c.req.raw, c.req.param('id'), c.get('address')))

  app.get('/logos/:id', (c) => logo(room, c.req.param('id')))

  app.post('/csp-reports', (c) => cspReports(room, c.req.raw))
  app.get('/healthz', () => health(room))
  app.get('/openapi.json', (c) => c.json(openapi(settings), 200, { 'cache-control': askedEachTime }))
  app.get('/docs', () => docsFile(room, 'index.html'))
  app.get('/docs/:file', (c) => docsFile(room, c.req.param('file')))

  app.get('/', (c) => page(room, c.req.raw, '', false))
  app.get('/:id', limits.unknownPage, (c) => page(room, c.req.raw, c.req.param('id'), false))
  app.get('/:id/return', limits.unknownPage, (c) => page(room, c.req.raw, c.req.param('id'), true))

  app.notFound((c) => {
    if (isGlobalPath(c.req.path))
      return refuseGlobal({ status: 404, code: '4001', message: 'no such address' })
    return isMerchantPath(c.req.path)
      ? refuse({ status: 404, message: 'no such address' })
      : fail({ reason: 'not_found' })
  })
  app.onError((error, c) => {
    if (error instanceof DatabaseAway) return answerAway(room, c)
    const request = c.get('requestId')
    log.error({
      event: 'request.broke',
      request,
      method: c.req.method,
      route: routePath(c, -1),
      error: error.stack,
    })
    const message = `something broke on our side (request ${request})`
    if (isGlobalPath(c.req.path)) return refuseGlobal({ status: 500, code: '5000', message })
    return isMerchantPath(c.req.path) ? refuse({ status: 500, message }) : fail({ reason: 'internal' })
  })
  return app
}
