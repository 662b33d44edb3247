import { Hono } from 'hono'
import { channelFrameScript, checkoutFrameScript, paymentPageScript, returnScript } from './scripts.ts'
import { style } from './style.ts'

const files = new Map<string, { type: string; text: string }>(
  Object.entries({
    'window.css': { type: 'text/css; charset=utf-8', text: style },
    'ready.js': { type: 'text/javascript; charset=utf-8', text: channelFrameScript },
    'newer.js': { type: 'text/javascript; charset=utf-8', text: checkoutFrameScript },
    'sheet.js': { type: 'text/javascript; charset=utf-8', text: paymentPageScript },
    'return.js': { type: 'text/javascript; charset=utf-8', text: returnScript },
  }),
)

export function fileRoutes(): Hono {
  const routes = new Hono()
  routes.get('/:name', (c) => {
    const file = files.get(c.req.param('name'))
    if (!file) return c.notFound()
    return c.body(file.text, 200, { 'content-type': file.type, 'cache-control': 'max-age=300' })
  })
  return routes
}
