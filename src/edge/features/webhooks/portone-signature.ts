// Upstream's signatures: HMAC-SHA256 with the merchant's secret over form-encoded pairs sorted by key, in base64.
import { parseBase64, toBase64, toBytes } from '../../platform/encoding.ts'
import { hmacKey, hmacSha256 } from '../../platform/sha-256.ts'

/** Every pair as `key=value`, sorted by key, as upstream's own servers encode it (Go's `url.Values.Encode`). */
export function canonical(
  pairs: Record<string, string>,
  encode: (text: string) => string = goEncode,
): string {
  return Object.keys(pairs)
    .sort()
    .map((key) => `${encode(key)}=${encode(pairs[key] ?? '')}`)
    .join('&')
}

const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`

/** RFC 3986, as C#'s `Uri.EscapeDataString` has it. */
const strict = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, percent)
/** Go's and Python's: a space is `+`. */
const goEncode = (text: string) => strict(text).replaceAll('%20', '+')

/**
 * The clients of upstream's documents write the same pairs in five ways, which differ in a space and in
 * `~ * ! ' ( )` alone. None of them lets one text stand for another, so each may stand for the pairs.
 */
const encodings: readonly ((text: string) => string)[] = [
  goEncode,
  strict,
  encodeURIComponent,
  // PHP's http_build_query.
  (text) => goEncode(text).replaceAll('~', '%7E'),
  // URLSearchParams and Java's URLEncoder.
  (text) => goEncode(text).replaceAll('~', '%7E').replaceAll('%2A', '*'),
]

export async function sign(secret: string, pairs: Record<string, string>): Promise<string> {
  return toBase64(await hmacSha256(secret, canonical(pairs)))
}

/** Web Crypto compares in constant time, and all encodings are tried, whichever fits. */
export async function isSigned(
  secret: string,
  pairs: Record<string, string>,
  signature: string,
): Promise<boolean> {
  const given = parseBase64(signature)
  if (given?.length !== 32) return false
  const key = await hmacKey(secret, 'verify')
  const texts = new Set(encodings.map((encode) => canonical(pairs, encode)))
  const verdicts = [...texts].map((text) => crypto.subtle.verify('HMAC', key, given, toBytes(text)))
  return (await Promise.all(verdicts)).includes(true)
}
