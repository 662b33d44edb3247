// Decisions after a payment window was opened; part of the late script. Unknown statuses mean keep waiting; only
// the edge's `paid` is success.
import type { Attempt, SettleResult } from '../../contract/links/checkout.ts'
import type { LinkView, ViewOf } from '../../contract/links/link-view.ts'
import type { Event, LateEffect } from './event.ts'
import { type Next, stay } from './event.ts'
import {
  type Charge,
  type CheckoutState,
  isOlder,
  isUndecided,
  isUnsettled,
  type Model,
  modelOf,
  type WindowFailure,
} from './model.ts'
import { confirm, confirming } from './step-bill.ts'

export type StepAfterWindow = (model: Model, event: Event) => Next

/** Handles the events that `stepBill` leaves. Closes the window when the customer leaves `paying` this way. */
export const stepAfterWindow: StepAfterWindow = (model, event) => {
  const [next, effects] = step(model, event)
  const leavesWindow = model.at === 'paying' && next.at !== 'paying'
  return [next, leavesWindow ? [{ do: 'close-window' }, ...effects] : effects]
}

function step(model: Model, event: Event): Next {
  switch (event.type) {
    case 'updated':
      return viewed(model, event.view)
    case 'refused':
      return event.failure !== 'unreachable' && 'view' in event.failure
        ? viewed(model, event.failure.view)
        : stay(model)
    case 'settled':
      return settled(model, event.settled, event.impUid)
    case 'unsettled':
      if (model.at === 'paid_elsewhere') return stay({ ...model, checking: false })
      return model.at === 'confirming' ? [{ ...model, at: 'unknown', absences: 0 }, []] : stay(model)
    case 'retry':
      return retry(model)
    case 'returned':
      return event.failure ? windowFailed(model, event.failure) : stay(model)
    default:
      return stay(model)
  }
}

const hasEnded = (view: LinkView): view is ViewOf<'expired' | 'disabled'> =>
  view.status === 'expired' || view.status === 'disabled'

const mayHavePaid = (model: Model) =>
  model.at === 'paying' || model.at === 'confirming' || model.at === 'unknown' || isUndecided(model)

/** The charge if an answer does not mention it: after a window, a charge may follow. */
const chargeBefore = (model: Model): Charge => ('charge' in model ? model.charge : 'so_far')

/** The SDK reports no payment. */
function windowFailed(model: Model, failure: WindowFailure): Next {
  if (model.at !== 'paying') return confirm(model, undefined, failure)
  if (failure.code === 'POPUP_CLOSED') return confirm(model, undefined)
  const { view, checkoutState } = model
  if (failure.code === 'POPUP_BLOCKED') {
    const blocked: CheckoutState = { ...checkoutState, sdk: 'loading', trouble: { reason: 'popup_blocked' } }
    return [{ at: 'open', view, checkoutState: blocked }, [{ do: 'forget-window' }, { do: 'load-sdk' }]]
  }
  if (failure.code === 'NOT_OPENED')
    return [
      { at: 'open', view, checkoutState: { ...checkoutState, sdk: 'blocked' } },
      [{ do: 'forget-window' }],
    ]
  const report: LateEffect = { do: 'report-failure', code: failure.code, method: checkoutState.method }
  if (failure.shown) {
    const [next, effects] = confirm(model, undefined, failure)
    return [next, [report, ...effects]]
  }
  return [{ at: 'cancelled', view, checkoutState, failure }, [{ do: 'forget-window' }, report]]
}

/** The charge after an attempt that took no money. Unrelated payments say nothing about it. */
function chargeAfter(attempt: Attempt, model: Model): Charge {
  if ('so_far' in attempt) return 'so_far'
  return attempt.outcome === 'ignored' || attempt.outcome === 'foreign' ? chargeBefore(model) : 'none'
}

/** A new view. An open link does not interrupt a payment. */
function viewed(model: Model, view: LinkView): Next {
  if (model.at === 'rejected' || isOlder(view, model)) return stay(model)
  if (isUnsettled(view) && model.at === 'settled') return [modelOf(view), []]
  if (hasEnded(view) && model.at === 'paid_elsewhere')
    return stay({ ...model, view, charge: isUnsettled(view) ? 'so_far' : model.charge })
  // The link ended while a window may be open: settle first.
  if (hasEnded(view) && mayHavePaid(model)) return [model, [{ do: 'settle', impUid: undefined }]]
  if (isUnsettled(view)) return confirming(view, undefined)
  if (view.status !== 'open') return [modelOf(view), []]
  if ('charge' in model) return [modelOf(view, { charge: model.charge }), [{ do: 'load-sdk' }]]
  const leaves = model.at === 'open' || (view.paid_elsewhere && model.at !== 'paying')
  return leaves && 'checkoutState' in model ? [modelOf(view, model.checkoutState), []] : stay(model)
}

/** i'mport may learn of a payment a little later than the browser. */
const maxAbsences = 5

function settled(model: Model, { attempt, ...view }: SettleResult, askedImpUid: string | undefined): Next {
  if (!mayHavePaid(model) && model.at !== 'settled' && model.at !== 'paid_elsewhere') return stay(model)
  // The only answer that will come, so it is taken even if the edge's clock is behind.
  const isAwaited = model.at === 'confirming' || (model.at === 'paid_elsewhere' && model.checking)
  if (!isAwaited && isOlder(view, model)) return stay(model)
  // On a receipt, an old rejected payment of the same order is ignored.
  const isRelevant = askedImpUid !== undefined || model.at !== 'settled' || isUndecided(model)
  if (attempt.outcome === 'rejected' && isRelevant) return [{ at: 'rejected', view, rejected: attempt }, []]
  if (view.status !== 'open' && !hasEnded(view)) return [modelOf(view), []]
  if (attempt.outcome === 'foreign' && attempt.same)
    return stay({ at: 'paid_elsewhere', view, charge: chargeBefore(model) })
  const impUid = 'impUid' in model ? model.impUid : undefined
  const absences = model.at === 'unknown' ? model.absences + 1 : 1
  const unknown: Model = { at: 'unknown', view, impUid, absences: 0 }
  switch (attempt.outcome) {
    case 'declined':
    case 'cancelled':
      return unpaid(model, view, attempt, attempt.outcome)
    case 'none':
    case 'ignored':
    case 'foreign':
      // The browser named a payment that i'mport does not know, or not for this order.
      if (impUid !== undefined && absences < maxAbsences) return [{ ...unknown, absences }, []]
      return unpaid(model, view, attempt, 'cancelled', 'failure' in model ? model.failure : undefined)
    case 'started':
      if (model.at === 'paying') return stay(model)
      // The gateway returned a payment ID, so "nothing approved so far" is not final.
      if (impUid !== undefined && attempt.so_far) return [unknown, []]
      return unpaid(model, view, attempt, 'cancelled', 'failure' in model ? model.failure : undefined)
    case 'refunded': {
      if (model.at === 'paying') return stay(model)
      const checkoutState = 'checkoutState' in model ? model.checkoutState : {}
      return [modelOf(view, { ...checkoutState, charge: 'unknown' }), [{ do: 'load-sdk' }]]
    }
    default:
      // An unknown outcome, or paid without a paid link: ask again.
      return [unknown, []]
  }
}

/** No money moved so far. An open window or bill stays on the screen. */
function unpaid(
  model: Model,
  view: LinkView,
  attempt: Attempt,
  at: 'declined' | 'cancelled',
  failure?: WindowFailure,
): Next {
  const charge = chargeAfter(attempt, model)
  if (charge === 'so_far' && model.at === 'paying') return stay(model)
  const next = modelOf('so_far' in attempt && hasEnded(view) ? { ...view, unsettled: true } : view, {
    charge,
  })
  if (next.at !== 'open') return [next, []]
  if ('checkoutState' in model)
    return [{ ...model, view: next.view, checkoutState: { ...model.checkoutState, charge } }, []]
  const left: Model = at === 'cancelled' ? { ...next, at, failure } : { ...next, at }
  return [model.at === 'paid_elsewhere' ? next : left, [{ do: 'load-sdk' }]]
}

function retry(model: Model): Next {
  switch (model.at) {
    case 'declined':
    case 'cancelled':
      return [
        { at: 'open', view: model.view, checkoutState: model.checkoutState },
        [isUndecided(model) ? { do: 'settle', impUid: undefined } : { do: 'view' }],
      ]
    case 'paying':
      return confirm(model, undefined)
    case 'unknown':
      return [{ ...model, at: 'confirming' }, [{ do: 'settle', impUid: model.impUid }]]
    case 'paid_elsewhere':
      return [{ ...model, checking: true }, [{ do: 'settle', impUid: undefined }]]
    case 'rejected':
      return [modelOf(model.view, { charge: 'unknown' }), [{ do: 'view' }]]
    case 'unreachable':
      return [{ ...model, at: 'loading' }, [{ do: 'view' }]]
    case 'open':
      if (model.checkoutState.sdk !== 'blocked') return stay(model)
      return [{ ...model, checkoutState: { ...model.checkoutState, sdk: 'loading' } }, [{ do: 'load-sdk' }]]
    default:
      return stay(model)
  }
}
