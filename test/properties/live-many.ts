import fc from 'fast-check'
import { expect } from 'vitest'
import { seedOf } from '../support/random.ts'
import { type Heard, nothingHeard } from './heard.ts'
import { play } from './play.ts'
import { story } from './story.ts'

/** Each situation must occur at least once per so many stories. */
const atLeastOnceIn = {
  paid: 20,
  refunded: 200,
  rejected: 20,
  crashed: 20,
  foreign: 20,
  paidElsewhere: 50,
  startedLate: 400,
  keptAsLikely: 100,
  oldPriceKept: 100,
  oldPriceRefused: 100,
  tampered: 50,
  late: 150,
  changedMind: 400,
  hesitated: 100,
  longLists: 100,
  longestLists: 1_250,
  foundByTimer: 20,
  foundAfterDays: 100,
  refundsFound: 600,
  notReturned: 600,
  claims: 5,
  soFar: 10,
} satisfies Record<Exclude<keyof Heard, 'answers'>, number>

/** Plays random stories. `RUNS` and `SEED` change their number and the seed. */
export async function liveMany(usualLives: number, usualSeed: number): Promise<void> {
  const heard = nothingHeard()
  const seed = seedOf('properties', usualSeed)
  const numRuns = Number(process.env.RUNS ?? usualLives)
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
  for (const [what, lives] of Object.entries(atLeastOnceIn))
    expect(heard[what as keyof Heard], what).toBeGreaterThanOrEqual(Math.floor(numRuns / lives))
}
