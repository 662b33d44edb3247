import fc from 'fast-check'
import { expect } from 'vitest'
import { seedOf } from '../support/random.ts'
import { type Heard, nothingHeard } from './heard.ts'
import { play } from './play.ts'
import { story } from './story.ts'

/** Once in so many lives at least, or these stories are not about it. */
const atLeastOnceIn: Partial<Record<keyof Heard, number>> = {
  paid: 20,
  refunded: 100,
  rejected: 50,
  crashed: 20,
  foreign: 20,
  paidElsewhere: 50,
  keptAsLikely: 100,
}

/** Plays so many random lives. `RUNS` and `SEED` from outside ask for more, or for others. */
export async function liveMany(lives: number, usualSeed: number): Promise<void> {
  const heard = nothingHeard()
  const seed = seedOf('properties', usualSeed)
  const numRuns = Number(process.env.RUNS ?? lives)
  const began = Date.now()
  try {
    await fc.assert(
      fc.asyncProperty(story, (told) => play(told, heard)),
      { seed, numRuns },
    )
  } finally {
    process.stdout.write(
      `properties: ${numRuns} lives in ${Date.now() - began} ms: ${JSON.stringify(heard)}\n`,
    )
  }
  for (const [what, often] of Object.entries(atLeastOnceIn))
    expect(heard[what as keyof Heard], what).toBeGreaterThan(numRuns / often)
}
