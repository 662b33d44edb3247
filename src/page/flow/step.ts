import type { Event, Next } from './event.ts'
import type { Model } from './model.ts'
import { stepAfterWindow } from './step-after-window.ts'
import { stepBill } from './step-bill.ts'

/** Both steps combined. */
export const step = (model: Model, event: Event, now: number): Next =>
  stepBill(model, event, now) ?? stepAfterWindow(model, event)
