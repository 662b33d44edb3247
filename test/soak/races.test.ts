import { test } from 'vitest'
import { race } from './races.ts'

test(
  '200 concurrent settles over 20 links, each paid twice, keep 20 payments, refund 20 and report each once',
  { timeout: 120_000 },
  () => race({ edges: 2 }),
)
