import { Hono } from 'hono'
import { chooseLanguage } from '../../../contract/language.ts'
import type { MessagePreview } from './preview.ts'
import { previewPage } from './preview-page.ts'
import { previewStyle } from './preview-style.ts'

const page =
  "default-src 'none'; style-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
// Somebody's order may try to be more than text: nothing in a message runs.
const mail =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** `/messages` of the sandbox: a page for people, JSON for everybody else. */
export function previewRoute(shelf: MessagePreview): Hono {
  const door = new Hono()
  door.use(async function hold(c, next) {
    await next()
    c.header('x-content-type-options', 'nosniff')
    c.header('cache-control', 'no-store')
    c.header('vary', 'accept, accept-language')
  })
  door.get('/', (c) => {
    if (!c.req.header('accept')?.includes('text/html')) return c.json({ messages: shelf.list() })
    const language = chooseLanguage({
      chosen: c.req.query('lang'),
      accepted: c.req.header('accept-language'),
    })
    c.header('content-security-policy', page)
    return c.html(previewPage(shelf.list(), language))
  })
  door.get('/style.css', (c) => c.body(previewStyle, 200, { 'content-type': 'text/css; charset=utf-8' }))
  door.get('/:id', (c) => {
    const found = shelf.list().find(({ id }) => id === c.req.param('id'))
    if (found?.channel !== 'email') return c.notFound()
    c.header('content-security-policy', mail)
    return c.html(found.html)
  })
  return door
}
