import { createHash } from 'node:crypto'
import type { Row } from './side.ts'

export interface Fingerprint {
  rows: number
  /** SHA-256 over the rows in the order of their keys, each as a line of JSON. */
  hash: string
}

export function fingerprint() {
  const hash = createHash('sha256')
  let count = 0
  return {
    rows: () => count,
    add(rows: Row[]): void {
      count += rows.length
      for (const row of rows) hash.update(`${JSON.stringify(row)}\n`)
    },
    end: (): Fingerprint => ({ rows: count, hash: hash.digest('hex') }),
  }
}
