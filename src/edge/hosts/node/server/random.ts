import { randomFillSync } from 'node:crypto'

const pool = new Uint8Array(4_096)
let used = pool.length

/** Asks the system for randomness in large helpings: each call there costs more than the bytes. */
export function fillRandom(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  if (used + bytes.length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  bytes.set(pool.subarray(used, used + bytes.length))
  // Nobody who reads the memory later finds an id that was handed out.
  pool.fill(0, used, used + bytes.length)
  used += bytes.length
  return bytes
}
