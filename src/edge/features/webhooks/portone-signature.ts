// Upstream's signatures: base64 of HMAC-SHA256 with the merchant's secret over form-encoded pairs sorted by key.
import { parseBase64, toBase64, toBytes } from '../../platform/encoding.ts'
import { hmacKey, hmacSha256 } from '../../platform/sha-256.ts'

/** `key=value` pairs sorted by key, encoded like Go's `url.Values.Encode`, which upstream's servers use. */
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

/** RFC 3986, like C#'s `Uri.EscapeDataString`. */
const strict = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, percent)
/** Like Go and Python: a space is `+`. */
const goEncode = (text: string) => strict(text).replaceAll('%20', '+')

/**
 * Clients in upstream's documents use five encodings, which differ only in space and `~ * ! ' ( )`. All are accepted,
 * because none of them encodes two different texts alike.
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

/** Web Crypto compares in constant time; always tries all encodings. */
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
