/** When the tests of the edge begin, in unix milliseconds. */
export const start = 1_900_000_000_000
