// Crockford's alphabet in lower case, without the look-alikes i, l, o and u.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const length = 18

/** 90 random bits, so an ID cannot be guessed. */
export function makeLinkId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  let id = ''
  // 32 divides 256, so the low five bits of a byte are uniform.
  for (const byte of random(new Uint8Array(length))) id += alphabet.charAt(byte & 31)
  return id
}

export function isLinkId(value: string): boolean {
  return value.length === length && /^[0-9a-hjkmnp-tv-z]+$/.test(value)
}
