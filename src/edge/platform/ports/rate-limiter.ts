import type { RateLimitName } from './rate-limits.ts'

/**
 * Keys may be of any length and form. Counts what is asked for, within the windows of `limits.ts`. What is counted in one process is not
 * known to another: with several, each allows the whole number.
 */
export interface RateLimiter {
  /** Counts one. @returns seconds until another is allowed; 0: this one is */
  take(name: RateLimitName, key: string): Promise<number>
  /** Counts nothing. @returns seconds until the next is allowed; 0: it is */
  look(name: RateLimitName, key: string): Promise<number>
}

/** For tests and for hosts whose platform limits. */
export const noRateLimiter: RateLimiter = {
  take: async () => 0,
  look: async () => 0,
}
