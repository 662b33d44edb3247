// Pure: `custom_link_ref`, the merchant's own last part of the URL. A link's URL is all that a customer needs
// to see the bill, so nobody may come upon one by guessing.

const least = 20
const most = 64
/** Limits allow an address thirty unknown links a minute: a million addresses need two thousand years. */
const leastBits = 56

const pattern = /^[0-9A-Za-z_-]{20,64}$/

/** Never an id of ours (18 characters) nor an address of the edge (each shorter, or with a dot). */
export function isLinkRef(text: string): boolean {
  return pattern.test(text)
}

/** @param known what somebody who guesses may know: the order's number */
export function checkLinkRef(ref: string, known: string): { ok: true } | { ok: false; why: string } {
  if (ref.length < least || ref.length > most)
    return { ok: false, why: `must be ${least} to ${most} characters, not ${ref.length}` }
  if (!isLinkRef(ref)) return { ok: false, why: 'must be letters, digits, - and _ only' }
  const bits = estimateBits(ref, known)
  if (bits >= leastBits) return { ok: true }
  return {
    ok: false,
    why: `is too easy to guess (about ${bits} bits of ${leastBits}): take 24 or more random letters and digits, or leave it out`,
  }
}

const letterBits = Math.log2(26)
const digitBits = Math.log2(10)
/** Of a letter among four or more that make no word. */
const runBits = 2.5
/** Of a letter of a word: whoever has seen one of a shop's links knows the words of the next. */
const wordBits = 0.5
const mostlyWords = 0.8
/** Of a run of digits: a date, a time, a counter has no more, however long it is. */
const mostOfNumber = 5 * digitBits

/**
 * How many bits somebody would have to guess, estimated low. Upper case counts as lower, because it is not
 * told apart; what repeats, counts up or down, runs along a keyboard, or stands in the order's number counts nothing.
 */
export function estimateBits(ref: string, known: string): number {
  const told = known.toLowerCase()
  const text = told.length >= 3 ? ref.toLowerCase().replaceAll(told, '') : ref.toLowerCase()
  const runs = [...text.matchAll(/[a-z]+|[0-9]+/g)].map(({ 0: run, index }) => ({
    run,
    news: countNews(text, index, index + run.length),
    says: isWord(run, !/\d/.test(`${text[index - 1] ?? ''}${text[index + run.length] ?? ''}`)),
  }))
  const lettersOf = (of: typeof runs) => of.reduce((sum, { run }) => sum + run.replace(/\d/g, '').length, 0)
  // Chance makes a word now and then; only who writes makes hardly anything else.
  const isWritten = lettersOf(runs.filter((piece) => piece.says)) >= lettersOf(runs) * mostlyWords
  let bits = 0
  for (const { run, news, says } of runs) {
    if (/\d/.test(run)) bits += Math.min(news * digitBits, mostOfNumber)
    else if (isWritten && says) bits += news * wordBits
    else bits += news * (run.length > 3 ? runBits : letterBits)
  }
  return Math.floor(bits)
}

/**
 * Can it be said, with letters as words have them? Twenty random letters hardly ever can. What is short is a word
 * or an abbreviation where it stands by itself, and chance between digits.
 */
function isWord(run: string, isAlone: boolean): boolean {
  if (/\d/.test(run)) return false
  if (run.length <= 4) return isAlone
  const rare = run.replace(/[^jqxz]/g, '').length
  return !/[^aeiouy]{4}|[aeiouy]{4}/.test(run) && rare <= run.length / 8
}

/** Characters from here to there that those before them do not tell. */
function countNews(text: string, from: number, to: number): number {
  let news = 0
  for (let at = from; at < to; at++) {
    const three = text.slice(Math.max(at - 2, 0), at + 1)
    const isRepeated = three.length === 3 && text.slice(0, at).includes(three)
    if (!isRepeated && !(at - from >= 2 && isSteady(three))) news += 1
  }
  return news
}

const keyboard = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** `aaa`, `abc`, `321`, `qwe`. */
function isSteady(three: string): boolean {
  if (keyboard.some((row) => row.includes(three))) return true
  const [first = 0, second = 0, third = 0] = [...three].map((character) => character.charCodeAt(0))
  return Math.abs(second - first) <= 1 && third - second === second - first
}
