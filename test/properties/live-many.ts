import fc from 'fast-check'
import { expect } from 'vitest'
import { seedOf } from '../support/random.ts'
import { type Heard, play } from './play.ts'
import { story } from './story.ts'

/** Plays so many random lives. `RUNS` and `SEED` from outside ask for more, or for others. */
export async function liveMany(lives: number, usualSeed: number): Promise<void> {
  const heard: Heard = { paid: 0, refunded: 0, rejected: 0, crashed: 0, answers: {} }
  const seed = seedOf('properties', usualSeed)
  const numRuns = Number(process.env.RUNS ?? lives)
  const began = Date.now()
  await fc.assert(
    fc.asyncProperty(story, (told) => play(told, heard)),
    { seed, numRuns },
  )
  process.stdout.write(`properties: ${numRuns} lives in ${Date.now() - began} ms: ${JSON.stringify(heard)}\n`)
  for (const what of ['paid', 'refunded', 'rejected', 'crashed'] as const)
    expect(heard[what], what).toBeGreaterThan(numRuns / 200)
}
