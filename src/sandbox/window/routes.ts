import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { channels } from '../engine/channels.ts'
import type { SandboxContext } from '../engine/context.ts'
import { waitUntilOf } from '../engine/wait-until.ts'
import { deviceOf, opensByScript } from '../engine/window-modes.ts'
import { decide, windowActions } from './decide.ts'
import { fileRoutes } from './files.ts'
import { openWindow } from './open.ts'
import { channelFramePage, errorPage, paymentPage, returnPage } from './pages.ts'
import { resultMessage } from './result.ts'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'

const openRequestShape = z.object({
  user_code: z.string(),
  provider: z.string(),
  pg_id: z.string(),
  origin: z.string(),
  data: z.unknown(),
})

/** Public URL of the sandbox, by the Origin header: the server does not know it behind a proxy. */
function publicBaseUrl(c: Context): string {
  const url = new URL(c.req.url)
  const header = c.req.header('origin')
  const origin = header && /^https?:\/\//.test(header) ? header : url.origin
  return origin + url.pathname.slice(0, url.pathname.lastIndexOf('/window/'))
}

export function windowRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  routes.use(securityHeaders)
  routes.route('/files', fileRoutes())

  routes.get('/ready/:user_code/:provider/:pg_id', (c) => {
    const { frames, script_origin } = context.settings
    if (frames === 'blank') return c.html('')
    // Browsers do not follow redirects to data: URLs and show their own error page.
    if (frames === 'failing') return c.redirect('data:,')
    const { user_code, provider, pg_id } = c.req.param()
    c.header('Content-Security-Policy', contentSecurityPolicy('*'))
    return c.html(channelFramePage({ user: user_code, provider, pgId: pg_id, scriptOrigin: script_origin }))
  })

  routes.post('/open', async (c) => {
    const parsed = openRequestShape.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) return c.json({ error_code: 'F400', error_msg: '잘못된 요청이에요.' }, 400)
    const { user_code, provider, pg_id, origin, data } = parsed.data
    const opened = openWindow(context, {
      userCode: user_code,
      channel: channels.find((channel) => channel.pg_provider === provider && channel.pg_id === pg_id),
      params: data,
      origin,
      userAgent: c.req.header('user-agent') ?? '',
    })
    if (!opened.ok) return c.json({ error_code: opened.code, error_msg: opened.message })
    const { windowKey: key, windowMode: mode, order, payment } = opened.attempt
    const isScript = opensByScript(provider, deviceOf(payment.user_agent), order)
    return c.json({ key, mode, isScript, imp_uid: payment.imp_uid })
  })

  routes.get('/fail', (c) => c.html(errorPage({ reason: 'notStarted', files: 'files' })))

  // Gateway forms POST here, because a POST to the window itself is a button press.
  routes.post('/:key/enter', (c) => c.redirect(`../${c.req.param('key')}`, 303))

  routes.get('/:key', async (c) => {
    const attempt = context.ledger.findByWindowKey(c.req.param('key'))
    if (!attempt) return c.html(errorPage({ reason: 'notFound', files: 'files' }), 404)
    // frame-ancestors checks every ancestor, and a shop may embed the paying page in an iframe.
    if (attempt.windowMode === 'iframe') c.header('Content-Security-Policy', contentSecurityPolicy('*'))
    if (!attempt.decision) return c.html(paymentPage(attempt))
    await attempt.decision
    return c.html(returnPage(attempt))
  })

  routes.post('/:key', async (c) => {
    const attempt = context.ledger.findByWindowKey(c.req.param('key'))
    if (!attempt) return c.html(errorPage({ reason: 'notFound', files: 'files' }), 404)
    const { act } = await c.req.parseBody()
    const action = windowActions.find((one) => one === act)
    if (!action) return c.text('act?', 400)
    await decide(context, attempt, { action, baseUrl: publicBaseUrl(c), waitUntil: waitUntilOf(c) })
    if (c.req.header('accept') === 'application/json') return c.json({ message: resultMessage(attempt) })
    return c.redirect(attempt.windowKey, 303)
  })

  return routes
}
