// Decides where the customer is once a payment window was opened. It comes with the screens: before them nothing of
// it could be shown. A status it does not know means keep waiting; only the edge's `paid` means paid.
import type { Attempt, Settled } from '../../contract/links/checkout.ts'
import type { LinkView, ViewOf } from '../../contract/links/link-view.ts'
import type { Event, LateEffect } from './event.ts'
import {
  type Charge,
  type Desk,
  isOlder,
  isUndecided,
  isUnsettled,
  type Model,
  modelOf,
  type WindowFailure,
} from './model.ts'
import { type Next, stay } from './next.ts'
import { confirm, confirming } from './step-bill.ts'

export type StepAfter = (model: Model, event: Event) => Next

/** For what `stepBill` leaves. Nothing of it is the SDK's own end of a window, so a window that is left is closed. */
export const stepAfter: StepAfter = (model, event) => {
  const [next, effects] = step(model, event)
  const isLeft = model.at === 'paying' && next.at !== 'paying'
  return [next, isLeft ? [{ do: 'close-window' }, ...effects] : effects]
}

function step(model: Model, event: Event): Next {
  switch (event.type) {
    case 'viewed':
      return viewed(model, event.view)
    case 'refused':
      return event.failure !== 'cut' && 'view' in event.failure
        ? viewed(model, event.failure.view)
        : stay(model)
    case 'settled':
      return settled(model, event.settled, event.impUid)
    case 'unsettled':
      if (model.at === 'paid_elsewhere') return stay({ ...model, checking: false })
      return model.at === 'confirming' ? [{ ...model, at: 'unknown', absences: 0 }, []] : stay(model)
    case 'again':
      return again(model)
    case 'returned':
      return event.failure ? failed(model, event.failure) : stay(model)
    default:
      return stay(model)
  }
}

const hasEnded = (view: LinkView): view is ViewOf<'expired' | 'disabled'> =>
  view.status === 'expired' || view.status === 'disabled'

const mayHavePaid = (model: Model) =>
  model.at === 'paying' || model.at === 'confirming' || model.at === 'unknown' || isUndecided(model)

/** What was known of money where the answer says nothing of it: who comes from a window may be charged still. */
const chargeBefore = (model: Model): Charge => ('charge' in model ? model.charge : 'so_far')

/** The SDK says that it has no payment. */
function failed(model: Model, failure: WindowFailure): Next {
  if (model.at !== 'paying') return confirm(model, undefined, failure)
  if (failure.code === 'POPUP_CLOSED') return confirm(model, undefined)
  const { view, desk } = model
  if (failure.code === 'POPUP_BLOCKED') {
    const blocked: Desk = { ...desk, sdk: 'loading', trouble: { why: 'popup_blocked' } }
    return [{ at: 'open', view, desk: blocked }, [{ do: 'forget-window' }, { do: 'load-sdk' }]]
  }
  if (failure.code === 'NOT_OPENED')
    return [{ at: 'open', view, desk: { ...desk, sdk: 'blocked' } }, [{ do: 'forget-window' }]]
  const told: LateEffect = { do: 'tell-failure', code: failure.code, method: desk.method }
  if (failure.shown) {
    const [next, effects] = confirm(model, undefined, failure)
    return [next, [told, ...effects]]
  }
  return [{ at: 'cancelled', view, desk, failure }, [{ do: 'forget-window' }, told]]
}

/** What an attempt that took no money says of it. A payment that came another way says nothing. */
function chargeAfter(attempt: Attempt, model: Model): Charge {
  if ('so_far' in attempt) return 'so_far'
  return attempt.outcome === 'ignored' || attempt.outcome === 'foreign' ? chargeBefore(model) : 'none'
}

/** News of the link. An open link changes nothing under a customer who is on the way. */
function viewed(model: Model, view: LinkView): Next {
  if (model.at === 'rejected' || isOlder(view, model)) return stay(model)
  if (isUnsettled(view) && model.at === 'settled') return [modelOf(view), []]
  if (hasEnded(view) && model.at === 'paid_elsewhere')
    return stay({ ...model, view, charge: isUnsettled(view) ? 'so_far' : model.charge })
  // A link ends while its window is open, or may be: what became of the window comes first.
  if (hasEnded(view) && mayHavePaid(model)) return [model, [{ do: 'settle', impUid: undefined }]]
  if (isUnsettled(view)) return confirming(view, undefined)
  if (view.status !== 'open') return [modelOf(view), []]
  if ('charge' in model) return [modelOf(view, { charge: model.charge }), [{ do: 'load-sdk' }]]
  const leaves = model.at === 'open' || (view.paid_elsewhere && model.at !== 'paying')
  return leaves && 'desk' in model ? [modelOf(view, model.desk), []] : stay(model)
}

/** i'mport may know a payment a little later than the browser does; then it knows it or it never will. */
const enoughAbsences = 5

function settled(model: Model, { attempt, ...view }: Settled, asked: string | undefined): Next {
  if (!mayHavePaid(model) && model.at !== 'settled' && model.at !== 'paid_elsewhere') return stay(model)
  // Who waits for this answer takes it, also from a machine whose clock is behind: nothing else would come.
  const waits = model.at === 'confirming' || (model.at === 'paid_elsewhere' && model.checking)
  if (!waits && isOlder(view, model)) return stay(model)
  // Of a whole order it may be an old story, which is none for who opens the receipt.
  const isNews = asked !== undefined || model.at !== 'settled' || isUndecided(model)
  if (attempt.outcome === 'rejected' && isNews) return [{ at: 'rejected', view, rejected: attempt }, []]
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
      if (impUid !== undefined && absences < enoughAbsences) return [{ ...unknown, absences }, []]
      return unpaid(model, view, attempt, 'cancelled', 'failure' in model ? model.failure : undefined)
    case 'started':
      if (model.at === 'paying') return stay(model)
      // With an answer of the gateway's in hand, nothing approved so far is not the end of it.
      if (impUid !== undefined && attempt.so_far) return [unknown, []]
      return unpaid(model, view, attempt, 'cancelled', 'failure' in model ? model.failure : undefined)
    case 'refunded': {
      if (model.at === 'paying') return stay(model)
      const desk = 'desk' in model ? model.desk : {}
      return [modelOf(view, { ...desk, charge: 'unknown' }), [{ do: 'load-sdk' }]]
    }
    default:
      // Paid, and the link does not say so, or a word that nobody knows here: not over, so ask again.
      return [unknown, []]
  }
}

/** No money moved so far. Whoever has a window or the bill before them stays with it. */
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
  if ('desk' in model) return [{ ...model, view: next.view, desk: { ...model.desk, charge } }, []]
  const left: Model = at === 'cancelled' ? { ...next, at, failure } : { ...next, at }
  return [model.at === 'paid_elsewhere' ? next : left, [{ do: 'load-sdk' }]]
}

function again(model: Model): Next {
  switch (model.at) {
    case 'declined':
    case 'cancelled':
      return [
        { at: 'open', view: model.view, desk: model.desk },
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
      if (model.desk.sdk !== 'blocked') return stay(model)
      return [{ ...model, desk: { ...model.desk, sdk: 'loading' } }, [{ do: 'load-sdk' }]]
    default:
      return stay(model)
  }
}
