import { z } from 'zod'
import type { World } from './context.ts'
import type { Attempt } from './ledger.ts'

const patience = 10_000
const refusal = z.object({ reason: z.string().min(1).max(200) })
const unknownReason = '알 수 없음'

/** Asks the merchant for the last word; null means go on, a text is why not. */
export async function askMerchant(world: World, attempt: Attempt, amount: number): Promise<string | null> {
  const { confirm_url } = attempt.order
  if (!confirm_url || world.settings.confirm === 'off') return null
  const reason = await findReason(world, confirm_url, {
    imp_uid: attempt.payment.imp_uid,
    merchant_uid: attempt.payment.merchant_uid,
    amount,
  })
  return reason === null ? null : `가맹점이 결제를 중단했어요. (상세사유 : ${reason})`
}

async function findReason(world: World, url: string, question: object): Promise<string | null> {
  const { fetch } = world
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
      signal: AbortSignal.timeout(patience),
    })
    // Only 200 itself is a yes: 201 and 204 stop the payment.
    if (answer.status === 200) {
      await answer.body?.cancel()
      return null
    }
    const said = refusal.safeParse(await answer.json().catch(() => null))
    return said.success ? said.data.reason : unknownReason
  } catch {
    return unknownReason
  }
}
