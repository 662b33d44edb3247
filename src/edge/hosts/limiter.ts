/// <reference path="./rate-limiter-memory.d.ts" />
// The package's other classes speak to databases by Node's own modules, which not every runtime has.
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import type { Limiter } from '../limiter.ts'
import { type LimitName, limits } from '../limits.ts'

/** Per limit; a key and its counter are some 300 bytes. Past this the oldest is forgotten, not the newest refused. */
const mostKeys = 20_000

/** Counts in this process's memory; on Cloudflare Workers in that of one isolate. */
export function createLimiter(): Limiter {
  const counters = new Map(
    Object.entries(limits).map(([name, { most, seconds }]) => [
      name as LimitName,
      {
        most,
        counts: new RateLimiterMemory({ points: most, duration: seconds }),
        keys: new Set<string>(),
      },
    ]),
  )
  const counter = (name: LimitName) => {
    const found = counters.get(name)
    if (!found) throw new Error(`no limit is named ${name}`)
    return found
  }
  return {
    async take(name, key) {
      const { most, counts, keys } = counter(name)
      keys.delete(key)
      keys.add(key)
      const [oldest] = keys
      if (keys.size > mostKeys && oldest !== undefined) {
        keys.delete(oldest)
        await counts.delete(oldest)
      }
      const { consumedPoints, msBeforeNext } = await counts.penalty(key)
      return consumedPoints > most ? secondsOf(msBeforeNext) : 0
    },
    async look(name, key) {
      const { most, counts } = counter(name)
      const count = await counts.get(key)
      // A counter whose window is over may still be there: where timers end with their request, none takes it away.
      const isOver = !count || count.msBeforeNext <= 0
      return !isOver && count.consumedPoints >= most ? secondsOf(count.msBeforeNext) : 0
    },
  }
}

const secondsOf = (ms: number) => Math.max(1, Math.ceil(ms / 1000))
