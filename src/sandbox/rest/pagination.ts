import { z } from 'zod'
import { sortings } from '../engine/ledger.ts'

export const sortingShape = z.object({ sorting: z.enum(sortings).default('-started') })

/** Plain digits: `1e3`, `0x10` and nothing at all are no numbers in a query. */
const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)

/** Query of every list of payments. */
export const pageShape = sortingShape.extend({
  page: count.pipe(z.number().min(1)).default(1),
  limit: count.pipe(z.number().min(1).max(1000)).default(20),
})

export interface Page<Item> {
  total: number
  previous: number
  next: number
  list: Item[]
}

/** One page of `all`, 0 standing for "no such page"; null when the page lies behind the last one. */
export function cutPage<Item>(all: Item[], page: number, limit: number): Page<Item> | null {
  const pages = Math.max(1, Math.ceil(all.length / limit))
  if (page > pages) return null
  return {
    total: all.length,
    previous: page - 1,
    next: page < pages ? page + 1 : 0,
    list: all.slice((page - 1) * limit, page * limit),
  }
}
