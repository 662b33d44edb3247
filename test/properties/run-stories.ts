import fc from 'fast-check'
import { expect } from 'vitest'
import { seedOf } from '../support/random.ts'
import { type Coverage, emptyCoverage } from './coverage.ts'
import { play } from './play-story.ts'
import { story } from './story.ts'

/** Each situation must occur at least once per so many stories. */
const storiesPerOccurrence = {
  paid: 20,
  refunded: 200,
  rejected: 20,
  crashes: 20,
  foreign: 20,
  paidElsewhere: 50,
  startedLate: 400,
  keptAsLikely: 100,
  oldPriceKept: 100,
  oldPriceRejected: 100,
  tampered: 50,
  late: 150,
  approvedAfterFailure: 400,
  approvedAfterPending: 100,
  longLists: 100,
  longestLists: 1_250,
  foundByTimer: 20,
  foundAfterDays: 100,
  refundsFound: 600,
  failedRefunds: 600,
  claims: 5,
  soFar: 10,
} satisfies Record<Exclude<keyof Coverage, 'answers'>, number>

/** Plays random stories. `RUNS` and `SEED` change their number and the seed. */
export async function runStories(defaultRuns: number, defaultSeed: number): Promise<void> {
  const coverage = emptyCoverage()
  const seed = seedOf('properties', defaultSeed)
  const numRuns = Number(process.env.RUNS ?? defaultRuns)
  const startedAt = Date.now()
  try {
    await fc.assert(
      fc.asyncProperty(story, (drawn) => play(drawn, coverage)),
      { seed, numRuns },
    )
  } finally {
    process.stdout.write(
      `properties: ${numRuns} stories in ${Date.now() - startedAt} ms: ${JSON.stringify(coverage)}\n`,
    )
  }
  for (const [what, stories] of Object.entries(storiesPerOccurrence))
    expect(coverage[what as keyof Coverage], what).toBeGreaterThanOrEqual(Math.floor(numRuns / stories))
}
