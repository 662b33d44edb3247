// Pure: conversions between bytes and text that work on every runtime.

const encoder = new TextEncoder()
const hexadecimal = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export const toBytes = (text: string) => encoder.encode(text)

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexadecimal[byte]
  return text
}

export const toBase64 = (bytes: Uint8Array) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

/** @throws if the text is not base64 */
export const decodeBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

/** Like `decodeBase64`, but returns undefined for invalid input. */
export function parseBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decodeBase64(text)
  } catch {
    return undefined
  }
}
