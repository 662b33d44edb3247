import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { channels } from '../engine/channels.ts'
import type { World } from '../engine/context.ts'
import { laterOf } from '../engine/wait-until.ts'
import { deviceOf, hasOwnScript } from '../engine/window-modes.ts'
import { acts, decide } from './decide.ts'
import { fileRoutes } from './files.ts'
import { openWindow } from './open.ts'
import { deadEndPage, readyPage, returnPage, sheetPage } from './pages.ts'
import { resultMessage } from './result.ts'
import { guardPages, policyOf } from './security-headers.ts'

const openingShape = z.object({
  user_code: z.string(),
  provider: z.string(),
  pg_id: z.string(),
  origin: z.string(),
  data: z.unknown(),
})

/** Where the sandbox lives as the browser sees it, which behind a proxy only the browser knows. */
function baseOf(c: Context): string {
  const url = new URL(c.req.url)
  const stated = c.req.header('origin')
  const origin = stated && /^https?:\/\//.test(stated) ? stated : url.origin
  return origin + url.pathname.slice(0, url.pathname.lastIndexOf('/window/'))
}

export function windowRoutes(world: World): Hono {
  const routes = new Hono()
  routes.use(guardPages)
  routes.route('/files', fileRoutes())

  routes.get('/ready/:user_code/:provider/:pg_id', (c) => {
    const { frames, script_origin } = world.settings
    if (frames === 'blank') return c.html('')
    // No browser follows this: it shows a page of its own.
    if (frames === 'failing') return c.redirect('data:,')
    const { user_code, provider, pg_id } = c.req.param()
    c.header('Content-Security-Policy', policyOf('*'))
    return c.html(readyPage({ user: user_code, provider, pgId: pg_id, scripts: script_origin }))
  })

  routes.post('/open', async (c) => {
    const read = openingShape.safeParse(await c.req.json().catch(() => null))
    if (!read.success) return c.json({ error_code: 'F400', error_msg: '잘못된 요청이에요.' }, 400)
    const { user_code, provider, pg_id, origin, data } = read.data
    const opened = openWindow(world, {
      userCode: user_code,
      channel: channels.find((channel) => channel.pg_provider === provider && channel.pg_id === pg_id),
      params: data,
      origin,
      userAgent: c.req.header('user-agent') ?? '',
    })
    if (!opened.ok) return c.json({ error_code: opened.code, error_msg: opened.message })
    const { key, way, order, payment } = opened.attempt
    const isScript = hasOwnScript(provider, deviceOf(payment.user_agent), order)
    return c.json({ key, way, isScript, imp_uid: payment.imp_uid })
  })

  routes.get('/fail', (c) => c.html(deadEndPage({ why: 'failed', files: 'files' })))

  // A form cannot be submitted to a page that is only read; so it comes by here.
  routes.post('/:key/enter', (c) => c.redirect(`../${c.req.param('key')}`, 303))

  routes.get('/:key', async (c) => {
    const attempt = world.ledger.findWindow(c.req.param('key'))
    if (!attempt) return c.html(deadEndPage({ why: 'gone', files: 'files' }), 404)
    // Every page around it counts, and a shop may hold the paying page itself in a frame.
    if (attempt.way === 'iframe') c.header('Content-Security-Policy', policyOf('*'))
    if (!attempt.decision) return c.html(sheetPage(attempt))
    await attempt.decision
    return c.html(returnPage(attempt))
  })

  routes.post('/:key', async (c) => {
    const attempt = world.ledger.findWindow(c.req.param('key'))
    if (!attempt) return c.html(deadEndPage({ why: 'gone', files: 'files' }), 404)
    const { act } = await c.req.parseBody()
    const known = acts.find((one) => one === act)
    if (!known) return c.text('act?', 400)
    await decide(world, attempt, { act: known, base: baseOf(c), later: laterOf(c) })
    if (c.req.header('accept') === 'application/json') return c.json({ message: resultMessage(attempt) })
    return c.redirect(attempt.key, 303)
  })

  return routes
}
