// Pure: `events_secret` is `whsec_` and base64 (Standard Webhooks), or text of at least 24 characters.
import { parseBase64, toBytes } from '../platform/encoding.ts'

const prefix = 'whsec_'
const minLength = 24

/** @returns the signing key, or undefined if the secret is too short or not base64 */
export function webhookKey(secret: string): Uint8Array | undefined {
  const key = secret.startsWith(prefix)
    ? parseBase64(secret.slice(prefix.length))
    : toBytes([...secret].length >= minLength ? secret : '')
  return key && key.length >= minLength ? key : undefined
}
