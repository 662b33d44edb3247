import { test } from 'vitest'
import { race } from './races.ts'

test(
  '200 settles at once over 20 links, each paid twice: 20 are kept, 20 go back, each is told once',
  { timeout: 120_000 },
  () => race({ edges: 2 }),
)
