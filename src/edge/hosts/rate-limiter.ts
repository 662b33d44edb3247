/// <reference path="./rate-limiter-memory.d.ts" />
// The package's other classes speak to databases by Node's own modules, which not every runtime has.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import type { RateLimiter } from '../platform/ports/rate-limiter.ts'
import { type RateLimit, type RateLimitName, rateLimits } from '../platform/ports/rate-limits.ts'

/** Per limit; a key and its counter are some 300 bytes. */
const maxKeys = 20_000
/** Of these, keys that have reached their limit: the last to be forgotten, while there is room to count the others. */
const maxAtLimit = maxKeys / 2
/** An id, a space and an address. */
const maxKeyLength = 100

/** Counts in this process's memory; on Cloudflare Workers in that of one isolate. */
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
  /** When the window of each key ends, in the order in which the windows began. */
  const below = new Map<string, number>()
  /** The same, in the order in which the keys reached their limit. */
  const atLimit = new Map<string, number>()

  function forgetFirst(keys: Map<string, number>): void {
    const [first] = keys.keys()
    if (first === undefined) return
    keys.delete(first)
    void counts.delete(first)
  }

  function forgetEnded(keys: Map<string, number>): void {
    for (const endsAt of keys.values()) {
      if (endsAt > Date.now()) return
      forgetFirst(keys)
    }
  }

  return {
    async take(key: string): Promise<number> {
      forgetEnded(below)
      forgetEnded(atLimit)
      const { consumedPoints, msBeforeNext, isFirstInDuration } = await counts.penalty(key)
      if (isFirstInDuration || consumedPoints >= max) below.delete(key)
      if (isFirstInDuration) atLimit.delete(key)
      const keys = consumedPoints < max ? below : atLimit
      keys.set(key, Date.now() + msBeforeNext)
      if (atLimit.size > maxAtLimit) forgetFirst(atLimit)
      if (below.size + atLimit.size > maxKeys) forgetFirst(below)
      return consumedPoints > max ? secondsOf(msBeforeNext) : 0
    },
    async peek(key: string): Promise<number> {
      const count = await counts.get(key)
      // A counter whose window is over may still be there: where timers end with their request, none takes it away.
      const isOver = !count || count.msBeforeNext <= 0
      return !isOver && count.consumedPoints >= max ? secondsOf(count.msBeforeNext) : 0
    },
  }
}

/** A string of its own: a part of an address would keep all of that address in memory. */
const shorten = (key: string) => decoder.decode(encoder.encode(key.slice(0, maxKeyLength)))

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const secondsOf = (ms: number) => Math.max(1, Math.ceil(ms / 1000))
