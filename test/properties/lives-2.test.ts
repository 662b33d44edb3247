import { test } from 'vitest'
import { liveMany } from './live-many.ts'

test('2,500 more random stories: no payment is lost, taken twice or misreported', { timeout: 600_000 }, () =>
  liveMany(2_500, 20_261_121),
)
