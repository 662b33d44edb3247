// The loop around `stepBill` and `stepAfter`: keeps the model and runs the effects.
import { type Cell, cell } from './cell.ts'
import type { Effect, Event, LateEffect } from './event.ts'
import type { Followed, Follower } from './follow.ts'
import type { Model } from './model.ts'
import type { StepAfter } from './step-after.ts'
import { stepBill } from './step-bill.ts'
import type { World } from './world.ts'

export interface Flow {
  model: Cell<Model>
  tell: (event: Event) => void
  /** Brings what comes with the screens. Until then the events that it is for are kept. */
  learn: (late: Late) => void
  /** Nothing, before it is learned. */
  look: () => void
  rest: () => void
}

/** What decides and acts once a window was opened, and keeps an open tab up to date. */
export interface Late {
  step: StepAfter
  run: (effect: LateEffect) => void
  createFollower: (followed: Followed) => Follower
}

/** Who runs through the methods with the arrow keys asks for the one where they stop. */
const restMs = 250

export function startFlow(first: Model, world: World): Flow {
  const model = cell(first)
  let cancelAsk = () => {}
  /** Asks for the permission that waits for the customer to stop choosing. */
  let askNow: (() => void) | undefined
  let cancelSettle = () => {}
  let askedAt = 0
  /** The edge has asked us to wait until then before we settle again. */
  let settleAt = 0
  let late: Late | undefined
  let follower: Follower | undefined
  let mayFollow = false
  const kept: Event[] = []

  function tell(event: Event): void {
    const before = model.value
    const taken = stepBill(before, event, world.now()) ?? late?.step(before, event)
    if (!taken) {
      kept.push(event)
      return
    }
    const [next, effects] = taken
    model.value = next
    for (const effect of effects) run(effect)
    // A press has chosen.
    if ('desk' in next && next.desk.wanted) askNow?.()
    if (event.type === 'begun') follow()
    else if (next !== before) follower?.watch(next.at !== before.at)
  }

  function learn(learned: Late): void {
    late = learned
    follower = learned.createFollower({ model, tell, run })
    for (const event of kept.splice(0)) tell(event)
    if (mayFollow) follower.follow()
  }

  function follow(): void {
    mayFollow = true
    follower?.follow()
  }

  function run(effect: Effect | LateEffect): void {
    switch (effect.do) {
      case 'load-sdk': {
        const { value } = model
        if ('desk' in value)
          world.loadSdk(value.view, (state) => tell({ type: 'sdk', state, active: mayOpen() }))
        return
      }
      case 'grant':
        cancelAsk()
        askNow = () => {
          askNow = undefined
          void ask(effect.method)
        }
        if (world.now() - askedAt > 2 * restMs) askNow()
        else cancelAsk = world.later(restMs, () => askNow?.())
        return
      case 'open-window':
        world.underWay.mark(world.id)
        world.openWindow(effect.checkout, (result) => tell({ type: 'returned', ...result }))
        if (model.value.at === 'paying') world.edge.opened(world.id)
        return
      case 'view':
        void view()
        return
      case 'settle':
        void settle(effect.impUid)
        return
      default:
        late?.run(effect)
    }
  }

  async function ask(method: string): Promise<void> {
    askedAt = world.now()
    const language = world.language()
    const answer = await world.edge.checkout(world.id, { method, language })
    // It was for a window in the language of before.
    if (world.language() !== language) return ask(method)
    if (answer === 'cut' || 'reason' in answer) {
      tell({ type: 'refused', method, failure: answer })
      return
    }
    const lifeMs = Date.parse(answer.holds_until) - Date.parse(answer.now)
    // Used for half its life, so that the window has the other half.
    const until = world.now() + lifeMs / 2
    tell({ type: 'granted', method, checkout: answer, until, active: mayOpen() })
  }

  function mayOpen(): boolean {
    const { value } = model
    return 'desk' in value && world.mayOpen(value.desk.method, value.view)
  }

  async function view(): Promise<void> {
    const answer = await world.edge.view(world.id)
    if (answer === 'missing') tell({ type: 'missing' })
    else if (answer === 'cut') tell({ type: 'cut' })
    else tell({ type: 'viewed', view: answer })
    if (answer === 'cut') follower?.watch(false)
    else follow()
  }

  async function settle(impUid: string | undefined): Promise<void> {
    cancelSettle()
    if (settleAt > world.now()) {
      cancelSettle = world.later(settleAt - world.now(), () => void settle(impUid))
      return
    }
    const settled = await world.edge.settle(world.id, impUid)
    if (typeof settled === 'number') settleAt = world.now() + settled * 1_000
    if (settled === 'missing') tell({ type: 'missing' })
    else if (settled === 'unsettled' || typeof settled === 'number') tell({ type: 'unsettled' })
    else {
      if (settled.attempt.outcome !== 'pending' && !('so_far' in settled.attempt))
        world.underWay.clear(world.id)
      tell({ type: 'settled', settled, impUid })
    }
    if (settled === 'unsettled') follower?.watch(false)
    else follow()
  }

  return { model, tell, learn, look: () => follower?.look(), rest: () => follower?.rest() }
}
