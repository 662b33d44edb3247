// Holds the model, applies `stepBill` and `stepAfterWindow`, and runs their effects.
import { type Cell, cell } from './cell.ts'
import type { Dependencies } from './dependencies.ts'
import type { Effect, Event, LateEffect } from './event.ts'
import type { FlowHandle, Follower } from './follower.ts'
import type { Model } from './model.ts'
import type { StepAfterWindow } from './step-after-window.ts'
import { stepBill } from './step-bill.ts'

export interface Flow {
  model: Cell<Model>
  dispatch: (event: Event) => void
  /** Adds the late part and dispatches the events queued for it. */
  attach: (late: LatePart) => void
  /** No-op before `attach`. */
  refresh: () => void
  disconnect: () => void
}

/** Decisions and effects after a window, and updates of an open tab. */
export interface LatePart {
  step: StepAfterWindow
  run: (effect: LateEffect) => void
  createFollower: (followed: FlowHandle) => Follower
}

/** Debounces moving through the methods with the arrow keys. */
const debounceMs = 250

export function startFlow(first: Model, deps: Dependencies): Flow {
  const model = cell(first)
  let cancelRequest = () => {}
  /** Skips the debounce of a pending request. */
  let requestNow: (() => void) | undefined
  let cancelSettle = () => {}
  let requestedAt = 0
  /** The edge's rate limit: no settle before this time. */
  let settleAfterMs = 0
  let late: LatePart | undefined
  let follower: Follower | undefined
  let mayConnect = false
  const queued: Event[] = []

  function dispatch(event: Event): void {
    const before = model.value
    const decision = stepBill(before, event, deps.now()) ?? late?.step(before, event)
    if (!decision) {
      queued.push(event)
      return
    }
    const [next, effects] = decision
    model.value = next
    for (const effect of effects) run(effect)
    // A click ends the debounce.
    if ('checkoutState' in next && next.checkoutState.pending) requestNow?.()
    if (event.type === 'started') connect()
    else if (next !== before) follower?.reschedule(next.at !== before.at)
  }

  function attach(part: LatePart): void {
    late = part
    follower = part.createFollower({ model, dispatch, run })
    for (const event of queued.splice(0)) dispatch(event)
    if (mayConnect) follower.connect()
  }

  function connect(): void {
    mayConnect = true
    follower?.connect()
  }

  function run(effect: Effect | LateEffect): void {
    switch (effect.do) {
      case 'load-sdk': {
        const { value } = model
        if ('checkoutState' in value)
          deps.loadSdk(value.view, (state) => dispatch({ type: 'sdk', state, active: mayOpen() }))
        return
      }
      case 'grant':
        cancelRequest()
        requestNow = () => {
          requestNow = undefined
          void requestCheckout(effect.method)
        }
        if (deps.now() - requestedAt > 2 * debounceMs) requestNow()
        else cancelRequest = deps.schedule(debounceMs, () => requestNow?.())
        return
      case 'open-window':
        deps.pendingPayment.mark(deps.id)
        deps.openWindow(effect.checkout, (result) => dispatch({ type: 'returned', ...result }))
        if (model.value.at === 'paying') deps.edge.opened(deps.id)
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

  async function requestCheckout(method: string): Promise<void> {
    requestedAt = deps.now()
    const language = deps.language()
    const answer = await deps.edge.checkout(deps.id, { method, language })
    // For a window in the previous language.
    if (deps.language() !== language) return requestCheckout(method)
    if (answer === 'unreachable' || 'reason' in answer) {
      dispatch({ type: 'refused', method, failure: answer })
      return
    }
    const lifeMs = Date.parse(answer.holds_until) - Date.parse(answer.now)
    // Used for half its lifetime; the window gets the rest.
    const until = deps.now() + lifeMs / 2
    dispatch({ type: 'granted', method, checkout: answer, until, active: mayOpen() })
  }

  function mayOpen(): boolean {
    const { value } = model
    return 'checkoutState' in value && deps.mayOpen(value.checkoutState.method, value.view)
  }

  async function view(): Promise<void> {
    const answer = await deps.edge.view(deps.id)
    if (answer === 'not_found') dispatch({ type: 'not_found' })
    else if (answer === 'unreachable') dispatch({ type: 'unreachable' })
    else dispatch({ type: 'updated', view: answer })
    if (answer === 'unreachable') follower?.reschedule(false)
    else connect()
  }

  async function settle(impUid: string | undefined): Promise<void> {
    cancelSettle()
    if (settleAfterMs > deps.now()) {
      cancelSettle = deps.schedule(settleAfterMs - deps.now(), () => void settle(impUid))
      return
    }
    const settled = await deps.edge.settle(deps.id, impUid)
    if (typeof settled === 'number') settleAfterMs = deps.now() + settled * 1_000
    if (settled === 'not_found') dispatch({ type: 'not_found' })
    else if (settled === 'unsettled' || typeof settled === 'number') dispatch({ type: 'unsettled' })
    else {
      if (settled.attempt.outcome !== 'pending' && !('so_far' in settled.attempt))
        deps.pendingPayment.clear(deps.id)
      dispatch({ type: 'settled', settled, impUid })
    }
    if (settled === 'unsettled') follower?.reschedule(false)
    else connect()
  }

  return {
    model,
    dispatch,
    attach,
    refresh: () => follower?.refresh(),
    disconnect: () => follower?.disconnect(),
  }
}
