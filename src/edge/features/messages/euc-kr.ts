// Pure: the characters of a Korean SMS. Phones and carriers use KS X 1001 in EUC-KR: two bytes for non-ASCII
// characters, no emoji.

let table: Set<string> | undefined

/** Built by decoding every byte pair once, because the standard library encodes only UTF-8. */
function twoByteCharacters(): Set<string> {
  if (table) return table
  table = new Set()
  const decoder = new TextDecoder('euc-kr')
  for (let lead = 0xa1; lead <= 0xfe; lead++)
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if ([...character].length === 1 && character !== '\ufffd') table.add(character)
    }
  return table
}

const isAscii = (character: string) => /^[\n\x20-\x7e]$/.test(character)

/** Replaces characters that cannot be encoded by `?`, one for each grapheme. */
export function toEncodable(text: string): string {
  const known = twoByteCharacters()
  const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' })
  return [...segmenter.segment(text.normalize('NFC'))]
    .map(({ segment }) =>
      [...segment].every((character) => isAscii(character) || known.has(character)) ? segment : '?',
    )
    .join('')
}

/** Bytes of encodable text. */
export function countBytes(text: string): number {
  return [...text].reduce((sum, character) => sum + (isAscii(character) ? 1 : 2), 0)
}

/** Shortens to a number of bytes, `…` included, between characters. */
export function shorten(text: string, maxBytes: number): string {
  if (countBytes(text) <= maxBytes) return text
  let result = ''
  for (const character of text) {
    if (countBytes(result + character) > maxBytes - countBytes('…')) break
    result += character
  }
  return `${result.trimEnd()}…`
}
