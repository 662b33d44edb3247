import type { Event } from './event.ts'
import type { Model } from './model.ts'
import type { Next } from './next.ts'
import { stepAfter } from './step-after.ts'
import { stepBill } from './step-bill.ts'

/** All that is decided, in one. */
export const step = (model: Model, event: Event, now: number): Next =>
  stepBill(model, event, now) ?? stepAfter(model, event)
