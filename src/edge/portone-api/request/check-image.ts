// Pure: checks a logo's format by its bytes; Content-Type is ignored.
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'

export interface Picture {
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  /** In pixels. */
  width: number
  height: number
}

/** `why` follows the field's name in a sentence. */
export type ImageCheck = { ok: true; picture: Picture } | { ok: false; why: string }

/** The page shows it 48 px high, also on slow connections. */
export const maxBytes = 200 * 1024
/** Decoding takes four bytes of memory per pixel, whatever the file's size. */
const maxPixelsPerSide = 2_000

const refuse = (why: string): ImageCheck => ({ ok: false, why })

/**
 * Accepts still PNG, JPEG or WebP. Not SVG, which may contain scripts and external resources; not animations, which must
 * not run endlessly beside the amount (WCAG 2.2.2).
 */
export function checkImage(bytes: Uint8Array): ImageCheck {
  if (bytes.length > maxBytes) return refuse(`must be at most ${maxBytes / 1024} KiB`)
  const found = kinds.find(({ matches }) => matches(bytes))
  if (!found) return refuse('must be a PNG, JPEG or WebP picture')
  const size = sizeOf(found.handler, bytes)
  if (!size) return refuse('is a damaged picture')
  const { width, height } = size
  if (width > maxPixelsPerSide || height > maxPixelsPerSide)
    return refuse(`must be at most ${maxPixelsPerSide} pixels wide and high, and is ${width} by ${height}`)
  if (found.isAnimated(bytes)) return refuse('must be a picture that stands still')
  return { ok: true, picture: { type: found.type, width, height } }
}

type Handler = Pick<typeof PNG, 'calculate'>

const kinds: readonly {
  type: Picture['type']
  handler: Handler
  matches: (bytes: Uint8Array) => boolean
  isAnimated: (bytes: Uint8Array) => boolean
}[] = [
  {
    type: 'image/png',
    handler: PNG,
    matches: (bytes) => holds(bytes, 0, '\x89PNG\r\n\x1a\n') && holds(bytes, 12, 'IHDR'),
    isAnimated: holdsPngAnimation,
  },
  {
    type: 'image/jpeg',
    handler: JPG,
    matches: (bytes) => holds(bytes, 0, '\xff\xd8\xff'),
    isAnimated: () => false,
  },
  {
    type: 'image/webp',
    handler: WEBP,
    matches: (bytes) => holds(bytes, 0, 'RIFF') && holds(bytes, 8, 'WEBPVP8'),
    // Flags of the container (developers.google.com/speed/webp/docs/riff_container, "Extended File Format").
    isAnimated: (bytes) => holds(bytes, 12, 'VP8X') && ((bytes[20] ?? 0) & 2) !== 0,
  },
]

function sizeOf(handler: Handler, bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height } = handler.calculate(bytes)
    return width > 0 && height > 0 ? { width, height } : undefined
  } catch {
    // The library throws on damaged files.
    return undefined
  }
}

/** An animated PNG has an acTL chunk before the first IDAT (PNG, third edition, 11.3.6). */
function holdsPngAnimation(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (holds(bytes, at + 4, 'acTL')) return true
    if (holds(bytes, at + 4, 'IDAT')) return false
  }
  return false
}

const holds = (bytes: Uint8Array, at: number, text: string) =>
  [...text].every((letter, index) => bytes[at + index] === letter.charCodeAt(0))
