import type { World } from './context.ts'
import { pause } from './delay.ts'
import type { Attempt } from './ledger.ts'

const patience = 10_000
const afterReturn = 1_000

async function sendNotice(world: World, urls: string[], body: string): Promise<void> {
  const { fetch } = world
  const send = async (url: string): Promise<void> => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(patience),
    })
    await answer.body?.cancel()
  }
  // Upstream tries once and forgets; so a receiver that is down learns nothing.
  await Promise.allSettled(urls.map(send))
}

/**
 * Tells the merchant how a payment stands now. What is due before the browser returns is awaited;
 * what is due after it goes to `later`, which must keep the process alive until it is done.
 */
export async function announce(
  world: World,
  attempt: Attempt,
  later: (work: Promise<void>) => void,
  extra: { cancellation_id?: string } = {},
): Promise<void> {
  const { imp_uid, merchant_uid, status } = attempt.payment
  const body = JSON.stringify({ imp_uid, merchant_uid, status, ...extra })
  const send = () => sendNotice(world, attempt.order.notice_url, body)
  const { notice } = world.settings
  if (notice === 'before' || notice === 'twice') await send()
  if (notice === 'after' || notice === 'twice') later(pause(afterReturn).then(send))
}
