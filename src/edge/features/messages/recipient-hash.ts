import { toHex } from '../../platform/encoding.ts'
import { mailboxOf } from '../../platform/network/email-and-phone.ts'
import { hmacSha256 } from '../../platform/sha-256.ts'

/**
 * Compares recipients without storing them. Keyed with TOKEN_SECRET, so that phone numbers cannot be guessed from the
 * database alone.
 */
export async function hashRecipient(secret: string, address: string): Promise<string> {
  const signature = await hmacSha256(`recipients ${secret}`, mailboxOf(address))
  return toHex(signature.subarray(0, 16))
}
