/** The time of one story. */
export interface Clock {
  /** The edge's clock, in unix milliseconds. */
  now: number
  /** How far i'mport's clock is ahead of the edge's, in milliseconds. */
  skew: number
  /** Number of scenes so far; orders events at the same time. */
  scene: number
}

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The tolerated clock skew. */
export const toleranceMs = 2 * minuteMs
