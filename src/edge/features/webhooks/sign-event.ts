import { Webhook } from 'standardwebhooks'
import { webhookKey } from '../../config/webhook-secret.ts'

/** Standard Webhooks headers: the id stays the same for all attempts, timestamp and signature are per attempt. */
export function signEvent(
  secret: string | undefined,
  id: string,
  body: string,
  now: number,
): Record<string, string> {
  const key = secret && webhookKey(secret)
  if (!key) return { 'webhook-id': id }
  const at = new Date(now)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': new Webhook(key, { format: 'raw' }).sign(id, at, body),
  }
}
