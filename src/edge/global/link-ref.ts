// Pure: `custom_link_ref`, the merchant's own last part of the URL. A link's URL is all that a customer needs
// to see the bill, so nobody may come upon one by guessing.

const least = 20
const most = 64
/** Limits allow an address thirty unknown links a minute: a million addresses need ten thousand years. */
const leastBits = 60

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
/** Of a letter that follows three others: words and names are made of such. English has about 2 bits a letter. */
const wordBits = 2
/** Of a run of digits: a date, a time, a counter has no more, however long it is. */
const mostOfNumber = 20

/**
 * How many bits somebody would have to guess, estimated low. Upper case counts as lower, because it is not
 * told apart; what repeats, counts up or down, or stands in the order's number counts nothing.
 */
export function estimateBits(ref: string, known: string): number {
  const told = known.toLowerCase()
  const text = told.length >= 3 ? ref.toLowerCase().replaceAll(told, '') : ref.toLowerCase()
  let bits = 0
  for (const [run] of text.matchAll(/[a-z]+|[0-9]+/g)) {
    const news = countNews(run, text)
    if (/\d/.test(run)) bits += Math.min(news * digitBits, mostOfNumber)
    else bits += Math.min(news, 3) * letterBits + Math.max(news - 3, 0) * wordBits
  }
  return Math.floor(bits)
}

/** Characters of the run that its neighbours and what came before do not tell. */
function countNews(run: string, text: string): number {
  const before = text.slice(0, text.indexOf(run))
  let news = 0
  for (let at = 0; at < run.length; at++) {
    const step = run.charCodeAt(at) - run.charCodeAt(at - 1)
    const steady =
      Math.abs(step) <= 1 && (at === 1 || step === run.charCodeAt(at - 1) - run.charCodeAt(at - 2))
    const three = run.slice(Math.max(at - 2, 0), at + 1)
    const repeated = three.length === 3 && (before.includes(three) || run.slice(0, at).includes(three))
    if (!(at > 0 && steady) && !repeated) news += 1
  }
  return news
}
