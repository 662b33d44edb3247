const hexadecimal = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** 128 random bits in hexadecimal. */
export function makeRandomId(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  let id = ''
  for (const byte of random(new Uint8Array(16))) id += hexadecimal[byte]
  return id
}
