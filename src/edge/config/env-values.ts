import type { TrustProxy } from './client-address.ts'

/** Reads a whole number; a wrong one adds a line to `problems` and the default stands in. */
export function readWhole<Fallback extends number | null>(
  name: string,
  text: string | undefined,
  fallback: Fallback,
  least: number,
  most: number,
  problems: string[],
): number | Fallback {
  if (text === undefined) return fallback
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  problems.push(`${name} must be a whole number from ${least} to ${most}, not "${text}"`)
  return fallback
}

/** Reads an http(s) address and drops the slash at its end. */
export function readHttpUrl(
  name: string,
  text: string | undefined,
  fallback: string,
  problems: string[],
): string {
  if (text === undefined) return fallback
  const url = URL.canParse(text) ? new URL(text) : undefined
  const sound = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username
  if (sound) return url.href.replace(/\/+$/, '')
  problems.push(`${name} must be an http(s) address without a query, not "${text}"`)
  return fallback
}

/** Reads one of a few words; the first is the default. */
export function readChoice<const Word extends string>(
  name: string,
  text: string | undefined,
  words: readonly [Word, ...Word[]],
  problems: string[],
): Word {
  const word = text === undefined ? words[0] : words.find((candidate) => candidate === text)
  if (word !== undefined) return word
  problems.push(`${name} must be ${words.join(' or ')}, not "${text}"`)
  return words[0]
}

/** Reads `true` or `false`. */
export function readFlag(
  name: string,
  text: string | undefined,
  fallback: boolean,
  problems: string[],
): boolean {
  if (text === undefined) return fallback
  if (text !== 'true' && text !== 'false') problems.push(`${name} must be true or false, not "${text}"`)
  return text === 'true'
}

/** Reads a text that nobody may guess; null where there is none. */
export function readSecret(
  name: string,
  text: string | undefined,
  least: number,
  problems: string[],
): string | null {
  if (text !== undefined && text.length < least) problems.push(`${name} must be at least ${least} characters`)
  return text ?? null
}

/** Reads `<header>` or `<header>:<proxies>`; null where there is none. */
export function readTrustProxy(
  name: string,
  text: string | undefined,
  problems: string[],
): TrustProxy | null {
  if (text === undefined) return null
  const [, header = '', hops = '1'] = /^([a-z0-9-]+)(?::([1-9]))?$/i.exec(text) ?? []
  if (header) return { header: header.toLowerCase(), hops: Number(hops) }
  problems.push(
    `${name} must name a header, with the number of proxies after a colon (x-forwarded-for:1), not "${text}"`,
  )
  return null
}

/** Reads JSON; undefined where there is none, or something else. */
export function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
