// Three of the fifty kills of `npm run soak`.
import { test } from 'vitest'
import { seedOf } from '../support/random.ts'
import { besiege } from './kills.ts'

test(
  'kill -9 under load loses nothing acknowledged, repeats no transition, and every notice arrives',
  {
    timeout: 180_000,
  },
  () => besiege({ kills: 3, seed: seedOf('kills'), say: console.log, patience: 'hurry' }),
)
