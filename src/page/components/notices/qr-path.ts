import { encode } from 'uqr'

export interface QrPath {
  /** Modules along one side, the quiet border included. */
  size: number
  path: string
}

/** Imports nothing of the page: as a file of its own it would bring a second copy along. */
export function qrPathOf(text: string): QrPath {
  const { data, size } = encode(text, { border: 2 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { size, path }
}
