/** The time of one story. */
export interface Clock {
  /** The edge's, in unix milliseconds. */
  now: number
  /** How far upstream's clock is ahead of the edge's, in milliseconds. */
  skew: number
  /** Scenes so far: many happen at the same time, and still one after the other. */
  scene: number
}

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** How far the two clocks may be apart before anything is decided by it. */
export const toleranceMs = 2 * minuteMs
