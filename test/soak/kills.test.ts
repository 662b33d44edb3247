// Three kills of the fifty that `npm run soak` deals.
import { test } from 'vitest'
import { seedOf } from '../support/random.ts'
import { besiege } from './kills.ts'

test(
  'kill -9 under load: nothing acknowledged is lost, nothing moves twice, every notice arrives',
  {
    timeout: 180_000,
  },
  () => besiege({ kills: 3, seed: seedOf('kills'), say: console.log, patience: 'hurry' }),
)
