import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { fieldErrorOf } from '../../domain/field-error.ts'
import { countWrongCredentials } from '../../http/middleware/wrong-credentials.ts'
import { findByCredentials, signToken } from '../../http/request/access-tokens.ts'
import { readBody } from '../../http/request/read-body.ts'
import { fieldErrors, merchantError } from '../../http/response/merchant-response.ts'

const required = (name: string) =>
  z.string({ error: `${name} is required` }).min(1, { error: `${name} is required` })

export const credentialsSchema = z.object({
  imp_key: required('imp_key').meta({ example: 'sandbox' }),
  imp_secret: required('imp_secret').meta({ example: 'sandbox' }),
})

export const tokenAnswerSchema = z.object({
  code: z.literal(0),
  message: z.null(),
  response: z.object({
    access_token: z.string(),
    now: z.int().meta({ description: 'Unix seconds' }),
    expired_at: z.int().meta({ description: 'Unix seconds, 30 minutes on' }),
  }),
})

/** `POST /users/getToken` */
export async function handleGetToken(
  context: AppContext,
  request: Request,
  address: string,
): Promise<Response> {
  const body = await readBody(request, 'json or form')
  if (!body.ok) return merchantError(body)
  const parsed = credentialsSchema.safeParse(body.value)
  if (!parsed.success) return fieldErrors(parsed.error.issues.map(fieldErrorOf))
  const { imp_key, imp_secret } = parsed.data
  const merchant = await findByCredentials(context.settings, imp_key, imp_secret)
  if (!merchant) {
    const wait = await countWrongCredentials(context, address, imp_key)
    return wait > 0
      ? tooMany(wait)
      : merchantError({ status: 401, message: 'imp_key or imp_secret is wrong' })
  }
  const response = await signToken(context.settings, merchant.user_code, context.now())
  return Response.json({ code: 0, message: null, response }, { headers: { 'cache-control': 'no-store' } })
}

function tooMany(seconds: number): Response {
  return merchantError({
    status: 429,
    message: `too many wrong credentials: try again in ${seconds} seconds`,
    retryAfter: seconds,
  })
}
