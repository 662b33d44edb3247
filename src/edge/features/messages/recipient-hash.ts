import { toHex } from '../../platform/encoding.ts'
import { mailboxOf } from '../../platform/network/email-and-phone.ts'
import { hmacSha256 } from '../../platform/sha-256.ts'

/**
 * Stands for a mailbox or a number where only sameness matters. Keyed: whoever reads the database cannot try out telephone
 * numbers without TOKEN_SECRET.
 */
export async function hashRecipient(secret: string, address: string): Promise<string> {
  const signature = await hmacSha256(`recipients ${secret}`, mailboxOf(address))
  return toHex(signature.subarray(0, 16))
}
