import { z } from 'zod'
import type { Room } from '../../context.ts'
import { problemOf } from '../../domain/field-error.ts'
import { findByKey } from '../../features/webhooks/portone-merchant.ts'
import { isSame } from '../../http/request/access-tokens.ts'
import { readBody } from '../../http/request/read-body.ts'
import {
  answerGlobal,
  refuseBody,
  refuseGlobal,
  refuseProblems,
} from '../../http/response/portone-response.ts'
import { countWrong, mostSeconds, signGlobalToken } from '../authenticate.ts'

const required = (name: string) =>
  z.string({ error: `${name} is required` }).min(1, { error: `${name} is required` })

export const globalCredentialsSchema = z.object({
  portone_key: required('portone_key').meta({ example: 'sandbox' }),
  portone_secret: required('portone_secret').meta({ example: 'sandbox' }),
})

export const globalTokenSchema = z.object({
  message: z.string(),
  content: z.object({
    token: z.string(),
    expires_in: z.int().meta({ description: 'Seconds: six hours' }),
  }),
})

/** `POST /api/merchant/auth-token` */
export async function giveGlobalToken(room: Room, request: Request, address: string): Promise<Response> {
  const body = await readBody(request, 'json')
  if (!body.ok) return refuseBody(body)
  const parsed = globalCredentialsSchema.safeParse(body.value)
  if (!parsed.success)
    return refuseProblems(parsed.error.issues.map((issue) => ({ ...problemOf(issue), code: '4001' })))
  const { portone_key, portone_secret } = parsed.data
  const merchant = findByKey(room.settings.merchants, portone_key)
  if (!merchant || !(await isSame(merchant.portone_secret, portone_secret))) {
    const refusal = await countWrong(room, address, portone_key)
    const wrong = { status: 401, code: '4010', message: 'portone_key or portone_secret is wrong' } as const
    return refuseGlobal(refusal ?? wrong)
  }
  const token = await signGlobalToken(merchant, room.now())
  return answerGlobal({ message: 'Success', content: { token, expires_in: mostSeconds } })
}
