import { z } from 'zod'
import type { Room } from '../../context.ts'
import { problemOf } from '../../domain/field-error.ts'
import { sign } from '../../features/webhooks/portone-signature.ts'
import { signedPairs } from '../../features/webhooks/signed-pairs.ts'
import { dropEmpty } from '../../http/request/drop-empty.ts'
import { readBody } from '../../http/request/read-body.ts'
import type { GlobalProblem } from '../../http/response/portone-errors.ts'
import {
  answerGlobal,
  refuseBody,
  refuseGlobal,
  refuseProblems,
} from '../../http/response/portone-response.ts'
import { authenticateGlobal } from '../authenticate.ts'
import { readMinor } from '../request/read-amounts.ts'
import { globalFields } from '../request/request.ts'

export const signatureRequestSchema = globalFields
  .pick({
    portone_key: true,
    amount: true,
    currency: true,
    merchant_order_id: true,
    success_url: true,
    failure_url: true,
  })
  .partial({ portone_key: true })

export const signatureAnswerSchema = z.object({
  message: z.string(),
  content: z.object({ signature: z.string().meta({ description: 'The `signature_hash` of that request' }) }),
})

/** `POST /api/merchant/generate-signature` */
export async function generateSignature(room: Room, request: Request, address: string): Promise<Response> {
  const auth = await authenticateGlobal(room, request, address)
  if (!auth.ok) return refuseGlobal(auth.refusal)
  const body = await readBody(request, 'json')
  if (!body.ok) return refuseBody(body)
  const parsed = signatureRequestSchema.safeParse(dropEmpty(body.value))
  if (!parsed.success)
    return refuseProblems(parsed.error.issues.map((issue) => ({ ...problemOf(issue), code: '4001' })))
  const { merchant } = auth
  const problems: GlobalProblem[] = []
  const amount = readMinor('amount', parsed.data.amount, parsed.data.currency, problems)
  if (amount === undefined) return refuseProblems(problems)
  const { portone_key = merchant.portone_key } = parsed.data
  if (portone_key !== merchant.portone_key)
    return refuseGlobal({
      status: 401,
      code: '4010',
      message: 'portone_key must be the key of the header X-Portone-Client-Key',
    })
  const signature = await sign(
    merchant.portone_secret,
    signedPairs({ ...parsed.data, amount }, merchant.portone_key),
  )
  return answerGlobal({ message: 'Success', content: { signature } })
}
