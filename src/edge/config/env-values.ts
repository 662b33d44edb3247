// Readers for single settings. An invalid value adds a line to `problems` and returns the fallback.
import type { TrustProxy } from './client-address.ts'

export function readInteger<Fallback extends number | null>(
  name: string,
  text: string | undefined,
  fallback: Fallback,
  min: number,
  max: number,
  problems: string[],
): number | Fallback {
  if (text === undefined) return fallback
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= min && number <= max) return number
  problems.push(`${name} must be a whole number from ${min} to ${max}, not "${text}"`)
  return fallback
}

/** Drops trailing slashes. */
export function readHttpUrl(
  name: string,
  text: string | undefined,
  fallback: string,
  problems: string[],
): string {
  if (text === undefined) return fallback
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isValid = url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username
  if (isValid) return url.href.replace(/\/+$/, '')
  problems.push(`${name} must be an http(s) address without a query, not "${text}"`)
  return fallback
}

/** The first word is the default. */
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

export function readSecret(
  name: string,
  text: string | undefined,
  minLength: number,
  problems: string[],
): string | null {
  if (text !== undefined && text.length < minLength)
    problems.push(`${name} must be at least ${minLength} characters`)
  return text ?? null
}

/** Parses `<header>` or `<header>:<proxies>`. */
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

/** @returns undefined if the text is missing or not JSON */
export function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
