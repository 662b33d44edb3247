import { hexOf } from '../bytes.ts'
import { hmacSha256 } from '../sha-256.ts'

/**
 * Stands for an address where only sameness matters. Keyed: whoever reads the database cannot try out telephone
 * numbers without TOKEN_SECRET.
 */
export async function nameRecipient(secret: string, address: string): Promise<string> {
  const signature = await hmacSha256(`recipients ${secret}`, address.toLowerCase())
  return hexOf(signature.subarray(0, 16))
}
