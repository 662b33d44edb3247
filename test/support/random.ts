// Chance that can be told again: the same seed, the same numbers. Every proof prints its seed.

export interface Chance {
  /** From 0 up to, not including, 1. */
  next: () => number
  /** A whole number from 0 up to, not including, `below`. */
  below: (below: number) => number
  pick: <Item>(items: readonly [Item, ...Item[]] | readonly Item[]) => Item
}

/** mulberry32: 32 bits of state, good enough to be unforeseen, quick enough to be everywhere. */
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

/** `SEED` from outside, so that a failure can be told again or new ground tried; else always the same. */
export function seedOf(proof: string, usual = 20_261_120): number {
  const seed = Number(process.env.SEED ?? usual)
  process.stdout.write(`${proof}: seed ${seed}\n`)
  return seed
}
