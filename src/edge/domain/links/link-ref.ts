// Pure: validates `custom_link_ref`, the merchant's own last part of the URL. The URL alone grants access to the bill,
// so it must not be guessable.

const minLength = 20
const maxLength = 64
/** The rate limit allows 30 unknown links a minute per address: a million addresses would need 2,000 years. */
const minBits = 56

const pattern = /^[0-9A-Za-z_-]{20,64}$/

/** Cannot collide with generated ids (18 characters) or the edge's own paths (shorter, or with a dot). */
export function isLinkRef(text: string): boolean {
  return pattern.test(text)
}

/** @param known text that an attacker may know: the order number */
export function checkLinkRef(ref: string, known: string): { ok: true } | { ok: false; why: string } {
  if (ref.length < minLength || ref.length > maxLength)
    return { ok: false, why: `must be ${minLength} to ${maxLength} characters, not ${ref.length}` }
  if (!isLinkRef(ref)) return { ok: false, why: 'must be letters, digits, - and _ only' }
  const bits = estimateBits(ref, known)
  if (bits >= minBits) return { ok: true }
  return {
    ok: false,
    why: `is too easy to guess (about ${bits} bits of ${minBits}): take 24 or more random letters and digits, or leave it out`,
  }
}

const letterBits = Math.log2(26)
const digitBits = Math.log2(10)
/** Per letter in a run of four or more. */
const runBits = 2.5
/** Per letter of a word, because a shop's links tend to share their words. */
const wordBits = 0.5
/** Share of letters in words from which a text counts as words. */
const wordShare = 0.8
/** Per run of digits, which may be a date, a time or a counter. */
const maxNumberBits = 5 * digitBits

/**
 * A low estimate of the text's entropy in bits. Ignores case. Repetitions, sequences, keyboard runs and the order number
 * count nothing.
 */
export function estimateBits(ref: string, known: string): number {
  const knownText = known.toLowerCase()
  const text = knownText.length >= 3 ? ref.toLowerCase().replaceAll(knownText, '') : ref.toLowerCase()
  const runs = [...text.matchAll(/[a-z]+|[0-9]+/g)].map(({ 0: run, index }) => ({
    run,
    unpredictable: countUnpredictable(text, index, index + run.length),
    isWord: looksLikeWord(run, !/\d/.test(`${text[index - 1] ?? ''}${text[index + run.length] ?? ''}`)),
  }))
  const lettersOf = (of: typeof runs) => of.reduce((sum, { run }) => sum + run.replace(/\d/g, '').length, 0)
  // Random text contains a word now and then, but does not consist of words.
  const isMadeOfWords = lettersOf(runs.filter((piece) => piece.isWord)) >= lettersOf(runs) * wordShare
  let bits = 0
  for (const { run, unpredictable, isWord } of runs) {
    if (/\d/.test(run)) bits += Math.min(unpredictable * digitBits, maxNumberBits)
    else if (isMadeOfWords && isWord) bits += unpredictable * wordBits
    else bits += unpredictable * (run.length > 3 ? runBits : letterBits)
  }
  return Math.floor(bits)
}

/**
 * True for pronounceable letters, which long random runs hardly ever are. A short run counts as a word or abbreviation
 * if it stands alone, and as random between digits.
 */
function looksLikeWord(run: string, isAlone: boolean): boolean {
  if (/\d/.test(run)) return false
  if (run.length <= 4) return isAlone
  const rare = run.replace(/[^jqxz]/g, '').length
  return !/[^aeiouy]{4}|[aeiouy]{4}/.test(run) && rare <= run.length / 8
}

/** Counts characters that the preceding ones do not predict. */
function countUnpredictable(text: string, from: number, to: number): number {
  let unpredictable = 0
  for (let at = from; at < to; at++) {
    const three = text.slice(Math.max(at - 2, 0), at + 1)
    const isRepeated = three.length === 3 && text.slice(0, at).includes(three)
    if (!isRepeated && !(at - from >= 2 && isSequence(three))) unpredictable += 1
  }
  return unpredictable
}

const keyboard = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** `aaa`, `abc`, `321`, `qwe`. */
function isSequence(three: string): boolean {
  if (keyboard.some((row) => row.includes(three))) return true
  const [first = 0, second = 0, third = 0] = [...three].map((character) => character.charCodeAt(0))
  return Math.abs(second - first) <= 1 && third - second === second - first
}
