import type { SandboxContext } from './context.ts'
import { delay } from './delay.ts'
import type { Attempt } from './ledger.ts'
import type { WaitUntil } from './wait-until.ts'

const timeoutMs = 10_000
const delayAfterReturnMs = 1_000

async function postToAll(context: SandboxContext, urls: string[], body: string): Promise<void> {
  const { fetch } = context
  const send = async (url: string): Promise<void> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
  }
  // Upstream does not retry.
  await Promise.allSettled(urls.map(send))
}

/**
 * Posts the payment's status to its notice URLs. Notices due before the browser returns are awaited;
 * later ones are passed to `waitUntil`, which keeps the host alive until they are sent.
 */
export async function sendNotices(
  context: SandboxContext,
  attempt: Attempt,
  waitUntil: WaitUntil,
  extra: { cancellation_id?: string } = {},
): Promise<void> {
  const { imp_uid, merchant_uid, status } = attempt.payment
  const body = JSON.stringify({ imp_uid, merchant_uid, status, ...extra })
  const send = () => postToAll(context, attempt.order.notice_url, body)
  const { notice } = context.settings
  if (notice === 'before' || notice === 'twice') await send()
  if (notice === 'after' || notice === 'twice') waitUntil(delay(delayAfterReturnMs).then(send))
}
