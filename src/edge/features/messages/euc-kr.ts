// Pure: what a Korean text message can hold. Phones and carriers speak KS X 1001 in EUC-KR: two bytes for what is
// not ASCII, and nothing at all for emoji.

let table: Set<string> | undefined

/** Made by decoding every pair of bytes once: the standard library encodes UTF-8 only. */
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

/** What cannot be written becomes `?`, one for each character that somebody would see. */
export function toEncodable(text: string): string {
  const known = twoByteCharacters()
  const seen = new Intl.Segmenter('ko', { granularity: 'grapheme' })
  return [...seen.segment(text.normalize('NFC'))]
    .map(({ segment }) =>
      [...segment].every((character) => isAscii(character) || known.has(character)) ? segment : '?',
    )
    .join('')
}

/** Bytes of writable text. */
export function countBytes(text: string): number {
  return [...text].reduce((sum, character) => sum + (isAscii(character) ? 1 : 2), 0)
}

/** Shortened to so many bytes, `…` included, at a character's end. */
export function shorten(text: string, most: number): string {
  if (countBytes(text) <= most) return text
  let kept = ''
  for (const character of text) {
    if (countBytes(kept + character) > most - countBytes('…')) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}
