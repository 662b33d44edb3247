// The route table: every address that the edge answers, once.
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import { askedEachTime } from './caching.ts'
import type { AppDeps } from './deps.ts'
import { answerAway } from './doors/away.ts'
import { createLimits } from './doors/limits.ts'
import { loopbackOnly } from './doors/loopback-only.ts'
import { isMerchantPath, refuse } from './doors/merchant-answers.ts'
import { observe } from './doors/observe.ts'
import { fail } from './doors/page-answers.ts'
import { refuseGlobal } from './global/answers.ts'
import { globalRoutes, isGlobalPath } from './global/routes.ts'
import { everyAnswer } from './page-headers.ts'
import { makeRandomId } from './random-id.ts'
import { roomOf } from './room.ts'
import { checkout } from './routes/checkout.ts'
import { confirm } from './routes/confirm.ts'
import { createLink } from './routes/create-link.ts'
import { cspReports } from './routes/csp-reports.ts'
import { deleteCard } from './routes/delete-card.ts'
import { disableLink } from './routes/disable-link.ts'
import { docsFile, openapi } from './routes/docs.ts'
import { getToken } from './routes/get-token.ts'
import { health } from './routes/health.ts'
import { listEvents } from './routes/list-events.ts'
import { listLinks } from './routes/list-links.ts'
import { live } from './routes/live.ts'
import { logo } from './routes/logo.ts'
import { notice } from './routes/notice.ts'
import { openWindow } from './routes/open-window.ts'
import { page } from './routes/page.ts'
import { readLink } from './routes/read-link.ts'
import { redeliverEvent } from './routes/redeliver-event.ts'
import { registerCard } from './routes/register-card.ts'
import { settleLink } from './routes/settle-link.ts'
import { viewLink } from './routes/view-link.ts'
import { windowFailed } from './routes/window-failed.ts'
import { clientAddress } from './rules/client-address.ts'
import { DatabaseAway } from './store/database.ts'

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
