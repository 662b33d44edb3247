import { randomFillSync } from 'node:crypto'

const pool = new Uint8Array(4_096)
let used = pool.length

/** Random bytes from a pool, because a system call costs more than the bytes. */
export function fillRandom(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  if (used + bytes.length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  bytes.set(pool.subarray(used, used + bytes.length))
  // A later memory disclosure must not reveal ids in use.
  pool.fill(0, used, used + bytes.length)
  used += bytes.length
  return bytes
}
