import { Hono } from 'hono'
import { chooseLanguage } from '../../../contract/language.ts'
import type { MessagePreview } from './preview.ts'
import { previewPage } from './preview-page.ts'
import { previewStyle } from './preview-style.ts'

const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
// Messages contain merchants' texts: no script runs in them.
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

/** `/messages` of the sandbox: HTML for browsers, else JSON. */
export function previewRoute(preview: MessagePreview): Hono {
  const app = new Hono()
  app.use(async function setHeaders(c, next) {
    await next()
    c.header('x-content-type-options', 'nosniff')
    c.header('cache-control', 'no-store')
    c.header('vary', 'accept, accept-language')
  })
  app.get('/', (c) => {
    if (!c.req.header('accept')?.includes('text/html')) return c.json({ messages: preview.list() })
    const language = chooseLanguage({
      chosen: c.req.query('lang'),
      accepted: c.req.header('accept-language'),
    })
    c.header('content-security-policy', pagePolicy)
    return c.html(previewPage(preview.list(), language))
  })
  app.get('/style.css', (c) => c.body(previewStyle, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/:id', (c) => {
    const found = preview.list().find(({ id }) => id === c.req.param('id'))
    if (found?.channel !== 'email') return c.notFound()
    c.header('content-security-policy', mailPolicy)
    return c.html(found.html)
  })
  return app
}
