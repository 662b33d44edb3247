import type { Language } from '../../contract/language.ts'

/**
 * The host that an address leads to, as it is shown before the customer goes there; null where it is no address
 * of the web. Names outside ASCII stay in their wire form: what looks like a shop's name is then the shop's.
 */
export function hostOf(address: string | undefined): string | null {
  try {
    const { protocol, host } = new URL(address ?? '')
    return protocol === 'https:' || protocol === 'http:' ? host : null
  } catch {
    return null
  }
}

/**
 * The edge guesses the language from the request; the page knows it. The signature is not about it, and what the
 * merchant's own address says, before the signature, stays as it is.
 */
export function inLanguage(address: string, language: Language): string {
  return address.replace(/(&signature_hash=[^#]*&lang=)\w+/, `$1${language}`)
}
