// Crockford's alphabet in lower case: no i, l, o or u, so nothing reads as something else in an SMS.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 18

/** 90 random bits: whom nobody sent the link cannot guess it. */
export function makeLinkId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  let id = ''
  // 32 symbols divide 256, so the low five bits of each byte are uniform.
  for (const byte of random(new Uint8Array(length))) id += alphabet.charAt(byte & 31)
  return id
}

export function isLinkId(value: string): boolean {
  return value.length === length && /^[0-9a-hjkmnp-tv-z]+$/.test(value)
}
