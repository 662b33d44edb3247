// Reproducible random numbers: the same seed gives the same numbers. Every test prints its seed.

export interface Chance {
  /** From 0 (inclusive) to 1 (exclusive). */
  next: () => number
  /** An integer from 0 (inclusive) to `below` (exclusive). */
  below: (below: number) => number
  pick: <Item>(items: readonly [Item, ...Item[]] | readonly Item[]) => Item
}

/** mulberry32: fast, with 32 bits of state. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  return {
    next,
    below,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('nothing to pick from')
      return item
    },
  }
}

/** `SEED` overrides the default, to repeat a failure or to try new ground. */
export function seedOf(proof: string, usual = 20_261_120): number {
  const seed = Number(process.env.SEED ?? usual)
  process.stdout.write(`${proof}: seed ${seed}\n`)
  return seed
}
