/// <reference path="./rate-limiter-memory.d.ts" />
// Imported by path: the package's root imports Node's own modules, which Workers does not have.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import type { RateLimiter } from '../platform/ports/rate-limiter.ts'
import { type RateLimit, type RateLimitName, rateLimits } from '../platform/ports/rate-limits.ts'

/** Per limit. A key with its counter takes about 300 bytes. */
const maxKeys = 20_000
/** Keys at their limit are evicted last, but may fill only half, so that new keys can still be counted. */
const maxAtLimit = maxKeys / 2
/** Enough for an id, a space and an IP address. */
const maxKeyLength = 100

/** Rate limiter in memory: each process, or each isolate on Workers, counts for itself. */
export function createRateLimiter(): RateLimiter {
  const counters = new Map(
    Object.entries(rateLimits).map(([name, limit]) => [name as RateLimitName, createCounter(limit)]),
  )
  const counter = (name: RateLimitName) => {
    const found = counters.get(name)
    if (!found) throw new Error(`no limit is named ${name}`)
    return found
  }
  return {
    take: (name, key) => counter(name).take(shorten(key)),
    peek: (name, key) => counter(name).peek(shorten(key)),
  }
}

function createCounter({ max, seconds }: RateLimit) {
  const counts = new RateLimiterMemory({ points: max, duration: seconds })
  /** End of each key's window, oldest window first. */
  const below = new Map<string, number>()
  /** The same for keys at their limit, in the order in which they reached it. */
  const atLimit = new Map<string, number>()

  function evictFirst(keys: Map<string, number>): void {
    const [first] = keys.keys()
    if (first === undefined) return
    keys.delete(first)
    void counts.delete(first)
  }

  function evictEnded(keys: Map<string, number>): void {
    for (const endsAt of keys.values()) {
      if (endsAt > Date.now()) return
      evictFirst(keys)
    }
  }

  return {
    async take(key: string): Promise<number> {
      evictEnded(below)
      evictEnded(atLimit)
      const { consumedPoints, msBeforeNext, isFirstInDuration } = await counts.penalty(key)
      if (isFirstInDuration || consumedPoints >= max) below.delete(key)
      if (isFirstInDuration) atLimit.delete(key)
      const keys = consumedPoints < max ? below : atLimit
      keys.set(key, Date.now() + msBeforeNext)
      if (atLimit.size > maxAtLimit) evictFirst(atLimit)
      if (below.size + atLimit.size > maxKeys) evictFirst(below)
      return consumedPoints > max ? secondsOf(msBeforeNext) : 0
    },
    async peek(key: string): Promise<number> {
      const count = await counts.get(key)
      // On Workers timers end with their request, so a counter may outlive its window.
      const isOver = !count || count.msBeforeNext <= 0
      return !isOver && count.consumedPoints >= max ? secondsOf(count.msBeforeNext) : 0
    },
  }
}

/** Copies the key: a slice would keep the whole original string in memory. */
const shorten = (key: string) => decoder.decode(encoder.encode(key.slice(0, maxKeyLength)))

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const secondsOf = (ms: number) => Math.max(1, Math.ceil(ms / 1000))
