import { z } from 'zod'
import type { SandboxContext } from './context.ts'
import type { Attempt } from './ledger.ts'

const timeoutMs = 10_000
const refusalShape = z.object({ reason: z.string().min(1).max(200) })
const unknownReason = '알 수 없음'

/** Calls `confirm_url`. Returns null to continue, or the failure reason. */
export async function confirmWithMerchant(
  context: SandboxContext,
  attempt: Attempt,
  amount: number,
): Promise<string | null> {
  const { confirm_url } = attempt.order
  if (!confirm_url || context.settings.confirm === 'off') return null
  const reason = await requestConfirmation(context, confirm_url, {
    imp_uid: attempt.payment.imp_uid,
    merchant_uid: attempt.payment.merchant_uid,
    amount,
  })
  return reason === null ? null : `가맹점이 결제를 중단했어요. (상세사유 : ${reason})`
}

async function requestConfirmation(
  context: SandboxContext,
  url: string,
  body: object,
): Promise<string | null> {
  const { fetch } = context
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    // Only 200 confirms: upstream stops the payment on 201 and 204, too.
    if (response.status === 200) {
      await response.body?.cancel()
      return null
    }
    const refusal = refusalShape.safeParse(await response.json().catch(() => null))
    return refusal.success ? refusal.data.reason : unknownReason
  } catch {
    return unknownReason
  }
}
