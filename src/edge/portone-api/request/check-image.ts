// Pure: is this a picture that a bill may show? Its bytes say what it is; what a server called it does not count.
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'

export interface Picture {
  type: 'image/png' | 'image/jpeg' | 'image/webp'
  /** In pixels, as the file says. */
  width: number
  height: number
}

/** `why` completes a sentence that begins with the name of the field. */
export type ImageCheck = { ok: true; picture: Picture } | { ok: false; why: string }

/** It waits behind the amount on a slow phone, 48 px high. */
export const maxBytes = 200 * 1024
/** Four bytes of the phone's memory for every pixel, however small the file. */
const mostPixelsAside = 2_000

const refuse = (why: string): ImageCheck => ({ ok: false, why })

/**
 * PNG, JPEG or WebP that stands still. SVG is a document that may run scripts and load more; GIF and the
 * animated kinds of the others may move beside the amount for ever (WCAG 2.2.2).
 */
export function checkImage(bytes: Uint8Array): ImageCheck {
  if (bytes.length > maxBytes) return refuse(`must be at most ${maxBytes / 1024} KiB`)
  const found = kinds.find(({ begins }) => begins(bytes))
  if (!found) return refuse('must be a PNG, JPEG or WebP picture')
  const size = sizeOf(found.handler, bytes)
  if (!size) return refuse('is a damaged picture')
  const { width, height } = size
  if (width > mostPixelsAside || height > mostPixelsAside)
    return refuse(`must be at most ${mostPixelsAside} pixels wide and high, and is ${width} by ${height}`)
  if (found.moves(bytes)) return refuse('must be a picture that stands still')
  return { ok: true, picture: { type: found.type, width, height } }
}

type Handler = Pick<typeof PNG, 'calculate'>

const kinds: readonly {
  type: Picture['type']
  handler: Handler
  begins: (bytes: Uint8Array) => boolean
  moves: (bytes: Uint8Array) => boolean
}[] = [
  {
    type: 'image/png',
    handler: PNG,
    begins: (bytes) => holds(bytes, 0, '\x89PNG\r\n\x1a\n') && holds(bytes, 12, 'IHDR'),
    moves: holdsPngAnimation,
  },
  {
    type: 'image/jpeg',
    handler: JPG,
    begins: (bytes) => holds(bytes, 0, '\xff\xd8\xff'),
    moves: () => false,
  },
  {
    type: 'image/webp',
    handler: WEBP,
    begins: (bytes) => holds(bytes, 0, 'RIFF') && holds(bytes, 8, 'WEBPVP8'),
    // The container's flags (developers.google.com/speed/webp/docs/riff_container, "Extended File Format").
    moves: (bytes) => holds(bytes, 12, 'VP8X') && ((bytes[20] ?? 0) & 2) !== 0,
  },
]

function sizeOf(handler: Handler, bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height } = handler.calculate(bytes)
    return width > 0 && height > 0 ? { width, height } : undefined
  } catch {
    // The library throws at whatever it cannot follow.
    return undefined
  }
}

/** An animated PNG says so in a chunk before its first picture (PNG, third edition, 11.3.6). */
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
