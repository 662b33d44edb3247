/** Tolerated difference between our clock and i'mport's, in milliseconds. */
export const clockToleranceMs = 2 * 60 * 1000
