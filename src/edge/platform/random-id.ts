import { toHex } from './encoding.ts'

/** 128 random bits in hexadecimal. */
export function makeRandomId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  return toHex(random(new Uint8Array(16)))
}
