import type { Effect, LateEffect } from './event.ts'
import type { Model } from './model.ts'

/** Where the customer is next, and what the page does for it. */
export type Next = [Model, (Effect | LateEffect)[]]

export const stay = (model: Model): Next => [model, []]
