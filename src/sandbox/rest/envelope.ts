import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export const answer = (c: Context, response: unknown, status: ContentfulStatusCode = 200) =>
  c.json({ code: 0, message: null, response }, status)

/** Upstream's habit: what goes wrong in business comes with HTTP 200 and a code that is not 0. */
export const refuseCall = (c: Context, message: string, status: ContentfulStatusCode = 200) =>
  c.json({ code: status === 200 ? 1 : -1, message, response: null }, status)

export const noPayment = (c: Context) => refuseCall(c, '존재하지 않는 결제 정보예요.', 404)
