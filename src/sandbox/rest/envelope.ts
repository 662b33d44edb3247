import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export const success = (c: Context, response: unknown, status: ContentfulStatusCode = 200) =>
  c.json({ code: 0, message: null, response }, status)

/** As upstream, business errors are HTTP 200 with a non-zero `code`. */
export const failure = (c: Context, message: string, status: ContentfulStatusCode = 200) =>
  c.json({ code: status === 200 ? 1 : -1, message, response: null }, status)

export const paymentNotFound = (c: Context) => failure(c, '존재하지 않는 결제 정보예요.', 404)
