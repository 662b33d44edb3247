import { test } from 'vitest'
import { runStories } from './run-stories.ts'

test('2,500 more random stories: no payment is lost, taken twice or misreported', { timeout: 600_000 }, () =>
  runStories(2_500, 20_261_121),
)
