// Pure: `events_secret` is `whsec_` and base64, as Standard Webhooks writes keys, or any text of 24 characters or more.
import { parseBase64, toBytes } from '../platform/encoding.ts'

const prefix = 'whsec_'
const leastLength = 24

/** @returns the bytes to sign with, or nothing where the secret is too weak or no base64 */
export function webhookKey(secret: string): Uint8Array | undefined {
  const key = secret.startsWith(prefix)
    ? parseBase64(secret.slice(prefix.length))
    : toBytes([...secret].length >= leastLength ? secret : '')
  return key && key.length >= leastLength ? key : undefined
}
