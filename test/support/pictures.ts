// Generated pictures: complete PNGs, and the headers of other formats up to their size.
import { crc32, deflateSync } from 'node:zlib'

type Colour = readonly [red: number, green: number, blue: number]

const latin1 = (text: string) => Buffer.from(text, 'latin1')

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([latin1(type), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** @param extra chunks before the image data */
export function aPng(
  width: number,
  height: number,
  { colour = [27, 69, 207], extra = [] }: { colour?: Colour; extra?: Buffer[] } = {},
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2], 8)
  // A declared size of 100 million pixels needs no pixel data.
  const rows = width * height > 4_000_000 ? 1 : height
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, Buffer.from(colour))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: rows }, () => row)))
  const end = chunk('IEND', Buffer.alloc(0))
  return Buffer.concat([
    latin1('\x89PNG\r\n\x1a\n'),
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', pixels),
    end,
  ])
}

export const anAnimatedPng = () => aPng(48, 48, { extra: [chunk('acTL', Buffer.alloc(8))] })

export function aJpeg(width: number, height: number): Buffer {
  const jfif = latin1('\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00')
  const frame = latin1('\xff\xc0\x00\x0b\x08\x00\x00\x00\x00\x01\x01\x11\x00')
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  return Buffer.concat([jfif, frame, latin1('\xff\xd9')])
}

/** @param flags of the extended container; 2: animated */
export function aWebp(width: number, height: number, flags = 0): Buffer {
  const webp = Buffer.concat([latin1('RIFF\0\0\0\0WEBPVP8X'), Buffer.alloc(14)])
  webp.writeUInt32LE(webp.length - 8, 4)
  webp.writeUInt32LE(10, 16)
  webp[20] = flags
  webp.writeUIntLE(width - 1, 24, 3)
  webp.writeUIntLE(height - 1, 27, 3)
  return webp
}
