import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Pack } from '../../../../page/entry/server.tsx'

const compress = promisify(brotliCompress)

/** Above 5 a document of this size gets hardly smaller before 10, which takes fifty times as long. */
const quality = 5

/**
 * Packs a document whose end changes with each answer. What comes before is compressed once and flushed,
 * so that it ends with a whole byte; the end follows as an uncompressed meta-block, and an empty last one
 * closes the stream (RFC 7932, section 9.2).
 */
export const packDocument: Pack = async (html) => {
  const plain = Buffer.from(html)
  const head = await compress(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
    finishFlush: constants.BROTLI_OPERATION_FLUSH,
  })
  return { head, tail: (end) => `${headOf(Buffer.byteLength(end))}${bytesOf(end)}${emptyLast}` }
}

/** Bits from the lowest: not the last, a length of 16 bits, not compressed. */
function headOf(length: number): string {
  const bits = (1 << 19) | ((length - 1) << 3)
  return String.fromCharCode(bits & 255, (bits >> 8) & 255, bits >> 16)
}

/** Bits from the lowest: the last, and empty. */
const emptyLast = '\x03'

const isAscii = (text: string) => Buffer.byteLength(text) === text.length

const bytesOf = (text: string) => (isAscii(text) ? text : Buffer.from(text).toString('latin1'))
