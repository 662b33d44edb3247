import type { RateLimitName } from './rate-limits.ts'

/** Counts in this process only: with several processes, each allows the full limit. Keys may be any text. */
export interface RateLimiter {
  /** Counts a request. @returns 0 if it is allowed, else seconds to wait */
  take(name: RateLimitName, key: string): Promise<number>
  /** Like `take`, without counting. */
  peek(name: RateLimitName, key: string): Promise<number>
}

/** For tests, and for hosts whose platform limits requests. */
export const noRateLimiter: RateLimiter = {
  take: async () => 0,
  peek: async () => 0,
}
