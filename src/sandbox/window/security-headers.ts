import { createMiddleware } from 'hono/factory'

/** Nothing inline, nothing from elsewhere; who may frame a page is its own business. */
export const policyOf = (ancestors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    'img-src data:',
    "base-uri 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

export const guardPages = createMiddleware(async (c, next) => {
  await next()
  c.header('X-Content-Type-Options', 'nosniff')
  // Not `no-referrer`: that would blank the Origin of the window's own form.
  c.header('Referrer-Policy', 'same-origin')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
  if (!c.res.headers.has('Content-Security-Policy')) c.header('Content-Security-Policy', policyOf("'none'"))
})
