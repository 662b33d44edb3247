import { z } from 'zod'
import { sortings } from '../engine/ledger.ts'

export const sortingQueryShape = z.object({ sorting: z.enum(sortings).default('-started') })

/** Decimal digits only: rejects `1e3`, `0x10` and an empty value. */
const digits = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)

/** Query parameters of payment lists. */
export const pageQueryShape = sortingQueryShape.extend({
  page: digits.pipe(z.number().min(1)).default(1),
  limit: digits.pipe(z.number().min(1).max(1000)).default(20),
})

export interface Page<Item> {
  total: number
  previous: number
  next: number
  list: Item[]
}

/** One page of `all`, or null past the last page. `previous` and `next` are 0 where there is none. */
export function paginate<Item>(all: Item[], page: number, limit: number): Page<Item> | null {
  const pages = Math.max(1, Math.ceil(all.length / limit))
  if (page > pages) return null
  return {
    total: all.length,
    previous: page - 1,
    next: page < pages ? page + 1 : 0,
    list: all.slice((page - 1) * limit, page * limit),
  }
}
