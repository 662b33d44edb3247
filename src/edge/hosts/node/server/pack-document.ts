import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Pack } from '../../../../page/entry/server.tsx'

const compress = promisify(brotliCompress)

/** Levels 6 to 9 are hardly better for a document of this size; 10 takes fifty times as long. */
const quality = 5

/**
 * Compresses a document whose end differs per response. The head is compressed once and flushed to a byte boundary; the
 * tail is appended as an uncompressed meta-block, followed by an empty last one (RFC 7932, section 9.2).
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

/** Meta-block header, from the lowest bit: ISLAST 0, length in 16 bits, ISUNCOMPRESSED 1. */
function headOf(length: number): string {
  const bits = (1 << 19) | ((length - 1) << 3)
  return String.fromCharCode(bits & 255, (bits >> 8) & 255, bits >> 16)
}

/** From the lowest bit: ISLAST 1, ISLASTEMPTY 1. */
const emptyLast = '\x03'

const isAscii = (text: string) => Buffer.byteLength(text) === text.length

const bytesOf = (text: string) => (isAscii(text) ? text : Buffer.from(text).toString('latin1'))
