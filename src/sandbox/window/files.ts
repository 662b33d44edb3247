import { Hono } from 'hono'
import { newerScript, readyScript, returnScript, sheetScript } from './scripts.ts'
import { style } from './style.ts'

const files: Record<string, { type: string; text: string }> = {
  'window.css': { type: 'text/css; charset=utf-8', text: style },
  'ready.js': { type: 'text/javascript; charset=utf-8', text: readyScript },
  'newer.js': { type: 'text/javascript; charset=utf-8', text: newerScript },
  'sheet.js': { type: 'text/javascript; charset=utf-8', text: sheetScript },
  'return.js': { type: 'text/javascript; charset=utf-8', text: returnScript },
}

export function fileRoutes(): Hono {
  const routes = new Hono()
  routes.get('/:name', (c) => {
    const file = files[c.req.param('name')]
    if (!file) return c.notFound()
    return c.body(file.text, 200, { 'content-type': file.type, 'cache-control': 'max-age=300' })
  })
  return routes
}
