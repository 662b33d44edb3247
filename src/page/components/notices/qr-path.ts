import { encode } from 'uqr'

export interface QrPath {
  /** Modules per side, including the quiet border. */
  size: number
  path: string
}

/** Must not import from the page, which would duplicate it in this chunk. */
export function qrPathOf(text: string): QrPath {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { size, path }
}
