import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { fieldErrorOf } from '../../domain/field-error.ts'
import { sign } from '../../features/webhooks/portone-signature.ts'
import { signedPairs } from '../../features/webhooks/signed-pairs.ts'
import { dropEmpty } from '../../http/request/drop-empty.ts'
import { readBody } from '../../http/request/read-body.ts'
import type { PortoneFieldError } from '../../http/response/portone-errors.ts'
import {
  portoneBodyError,
  portoneError,
  portoneFieldErrors,
  portoneJson,
} from '../../http/response/portone-response.ts'
import { authenticatePortone } from '../authenticate.ts'
import { readMinor } from '../request/read-amounts.ts'
import { portoneLinkFields } from '../request/request.ts'

export const signatureRequestSchema = portoneLinkFields
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
export async function handleGenerateSignature(
  context: AppContext,
  request: Request,
  address: string,
): Promise<Response> {
  const auth = await authenticatePortone(context, request, address)
  if (!auth.ok) return portoneError(auth.refusal)
  const body = await readBody(request, 'json')
  if (!body.ok) return portoneBodyError(body)
  const parsed = signatureRequestSchema.safeParse(dropEmpty(body.value))
  if (!parsed.success)
    return portoneFieldErrors(parsed.error.issues.map((issue) => ({ ...fieldErrorOf(issue), code: '4001' })))
  const { merchant } = auth
  const problems: PortoneFieldError[] = []
  const amount = readMinor('amount', parsed.data.amount, parsed.data.currency, problems)
  if (amount === undefined) return portoneFieldErrors(problems)
  const { portone_key = merchant.portone_key } = parsed.data
  if (portone_key !== merchant.portone_key)
    return portoneError({
      status: 401,
      code: '4010',
      message: 'portone_key must be the key of the header X-Portone-Client-Key',
    })
  const signature = await sign(
    merchant.portone_secret,
    signedPairs({ ...parsed.data, amount }, merchant.portone_key),
  )
  return portoneJson({ message: 'Success', content: { signature } })
}
