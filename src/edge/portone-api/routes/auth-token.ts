import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { fieldErrorOf } from '../../domain/field-error.ts'
import { findByKey } from '../../features/webhooks/portone-merchant.ts'
import { isEqualConstantTime } from '../../http/request/access-tokens.ts'
import { readBody } from '../../http/request/read-body.ts'
import {
  portoneBodyError,
  portoneError,
  portoneFieldErrors,
  portoneJson,
} from '../../http/response/portone-response.ts'
import { countFailedSignIn, maxTokenSeconds, signPortoneToken } from '../authenticate.ts'

const required = (name: string) =>
  z.string({ error: `${name} is required` }).min(1, { error: `${name} is required` })

export const portoneCredentialsSchema = z.object({
  portone_key: required('portone_key').meta({ example: 'sandbox' }),
  portone_secret: required('portone_secret').meta({ example: 'sandbox' }),
})

export const portoneTokenSchema = z.object({
  message: z.string(),
  content: z.object({
    token: z.string(),
    expires_in: z.int().meta({ description: 'Seconds: six hours' }),
  }),
})

/** `POST /api/merchant/auth-token` */
export async function handlePortoneToken(
  context: AppContext,
  request: Request,
  address: string,
): Promise<Response> {
  const body = await readBody(request, 'json')
  if (!body.ok) return portoneBodyError(body)
  const parsed = portoneCredentialsSchema.safeParse(body.value)
  if (!parsed.success)
    return portoneFieldErrors(parsed.error.issues.map((issue) => ({ ...fieldErrorOf(issue), code: '4001' })))
  const { portone_key, portone_secret } = parsed.data
  const merchant = findByKey(context.settings.merchants, portone_key)
  if (!merchant || !(await isEqualConstantTime(merchant.portone_secret, portone_secret))) {
    const refusal = await countFailedSignIn(context, address, portone_key)
    const wrong = { status: 401, code: '4010', message: 'portone_key or portone_secret is wrong' } as const
    return portoneError(refusal ?? wrong)
  }
  const token = await signPortoneToken(merchant, context.now())
  return portoneJson({ message: 'Success', content: { token, expires_in: maxTokenSeconds } })
}
