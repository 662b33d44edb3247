import { z } from 'zod'
import { sortings } from '../ledger.ts'

/** Query of every list of payments. */
export const pageShape = z.object({
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(1000).default(20),
  sorting: z.enum(sortings).default('-started'),
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
