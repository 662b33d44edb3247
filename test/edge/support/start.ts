/** The start time of the edge's tests, in unix milliseconds. */
export const start = 1_900_000_000_000
