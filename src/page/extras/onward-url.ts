import type { Language } from '../../contract/language.ts'

/**
 * Host shown before the customer follows the link; null if it is not an http(s) URL. Punycode stays encoded, so
 * look-alike names are visible.
 */
export function hostOf(address: string | undefined): string | null {
  try {
    const { protocol, host } = new URL(address ?? '')
    return protocol === 'https:' || protocol === 'http:' ? host : null
  } catch {
    return null
  }
}

/** Sets the page's language in the part of the URL that is not signed. */
export function withLanguage(address: string, language: Language): string {
  return address.replace(/(&signature_hash=[^#]*&lang=)\w+/, `$1${language}`)
}
