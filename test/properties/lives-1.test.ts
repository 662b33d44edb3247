// Half of the lives in each file, so that two cores share them.
import { test } from 'vitest'
import { liveMany } from './live-many.ts'

test('2,500 random lives of an order: no won is lost, taken twice or misreported', { timeout: 600_000 }, () =>
  liveMany(2_500, 20_261_120),
)
