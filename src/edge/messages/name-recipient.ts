/**
 * Stands for an address where only sameness matters. Keyed: whoever reads the database cannot try out telephone
 * numbers without TOKEN_SECRET.
 */
export async function nameRecipient(secret: string, address: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes(`recipients ${secret}`), hmac, false, ['sign'])
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(address.toLowerCase())))
  return Array.from(signature.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
