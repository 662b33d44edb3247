const bytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))

export const randomHex = (length: number): string =>
  Array.from(bytes(Math.ceil(length / 2)), (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, length)

/** Slightly biased; use it only for identifiers. */
export const randomDigits = (length: number): string =>
  Array.from(bytes(length), (byte) => String(byte % 10)).join('')
