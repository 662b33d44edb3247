// The other half of lives-1.test.ts.
import { test } from 'vitest'
import { liveMany } from './live-many.ts'

test(
  '2,500 more random lives of an order: no won is lost, taken twice or misreported',
  { timeout: 600_000 },
  () => liveMany(2_500, 20_261_121),
)
