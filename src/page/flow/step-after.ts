// Decides where the customer is once a payment window was opened. It comes with the screens: before them nothing of
// it could be shown. A status it does not know means keep waiting; only the edge's `paid` means paid.
import type { Settled } from '../../contract/checkout.ts'
import type { LinkView } from '../../contract/link-view.ts'
import type { Event } from './event.ts'
import { isOlder, isUnsettled, type Model, modelOf } from './model.ts'
import { type Next, stay } from './next.ts'
import { confirm, confirming } from './step-bill.ts'

export type StepAfter = (model: Model, event: Event) => Next

/** For what `stepBill` leaves. */
export const stepAfter: StepAfter = (model, event) => {
  switch (event.type) {
    case 'viewed':
      return viewed(model, event.view)
    case 'refused':
      return event.failure !== 'cut' && 'view' in event.failure
        ? viewed(model, event.failure.view)
        : stay(model)
    case 'settled':
      return settled(model, event.settled)
    case 'unsettled':
      return model.at === 'confirming' ? [{ ...model, at: 'unknown', absences: 0 }, []] : stay(model)
    case 'again':
      return again(model)
    default:
      return stay(model)
  }
}

const hasEnded = ({ status }: LinkView) => status === 'expired' || status === 'disabled'

const mayHavePaid = ({ at }: Model) =>
  at === 'paying' || at === 'cancelled' || at === 'confirming' || at === 'unknown'

/** News of the link. An open link changes nothing under a customer who is on the way. */
function viewed(model: Model, view: LinkView): Next {
  if (model.at === 'rejected' || isOlder(view, model)) return stay(model)
  // A link ends while its window is open, or may be: what became of the window comes first.
  if (hasEnded(view) && mayHavePaid(model)) return [model, [{ do: 'settle', impUid: undefined }]]
  if (isUnsettled(view)) return confirming(view, undefined)
  return view.status === 'open' ? stay(model) : [modelOf(view), []]
}

/** i'mport may know a payment a little later than the browser does; then it knows it or it never will. */
const enoughAbsences = 5

function settled(model: Model, { attempt, ...view }: Settled): Next {
  if (!mayHavePaid(model) && model.at !== 'settled') return stay(model)
  // Who waits for this answer takes it, also from a machine whose clock is behind: nothing else would come.
  if (model.at !== 'confirming' && isOlder(view, model)) return stay(model)
  if (attempt.outcome === 'rejected') return [{ at: 'rejected', view, rejected: attempt }, []]
  if (view.status !== 'open' && !hasEnded(view)) return [modelOf(view), []]
  const impUid = 'impUid' in model ? model.impUid : undefined
  const absences = model.at === 'unknown' ? model.absences + 1 : 1
  const unknown: Model = { at: 'unknown', view, impUid, absences: 0 }
  switch (attempt.outcome) {
    case 'declined':
      return unpaid(model, view, 'declined')
    case 'cancelled':
      return unpaid(model, view, 'cancelled')
    case 'none':
    case 'ignored':
      // The browser named a payment that i'mport does not know, or not for this order.
      if (impUid !== undefined && absences < enoughAbsences) return [{ ...unknown, absences }, []]
      return unpaid(model, view, 'cancelled')
    case 'started':
      if (model.at === 'paying') return stay(model)
      // Nothing was approved so far. With an answer of the gateway's in hand that is not the end of it.
      return impUid === undefined ? unpaid(model, view, 'cancelled') : [unknown, []]
    case 'refunded':
      return [modelOf(view), [{ do: 'load-sdk' }]]
    default:
      // Paid, and the link does not say so, or a word that nobody knows here: not over, so ask again.
      return [unknown, []]
  }
}

/** No money moved, and that is known. Whoever still has the window before them stays with it. */
function unpaid(model: Model, view: LinkView, at: 'declined' | 'cancelled'): Next {
  const next = modelOf(view)
  if (next.at !== 'open') return [next, []]
  if (model.at === 'paying' || model.at === 'cancelled') return [{ ...model, view: next.view }, []]
  return [{ ...next, at }, [{ do: 'load-sdk' }]]
}

function again(model: Model): Next {
  switch (model.at) {
    case 'declined':
    case 'cancelled':
      return [{ at: 'open', view: model.view, desk: model.desk }, [{ do: 'view' }]]
    case 'paying':
      return confirm(model, undefined)
    case 'unknown':
      return [{ ...model, at: 'confirming' }, [{ do: 'settle', impUid: model.impUid }]]
    case 'rejected':
      return [modelOf(model.view), [{ do: 'view' }]]
    case 'unreachable':
      return [{ at: 'loading' }, [{ do: 'view' }]]
    case 'open':
      if (model.desk.sdk !== 'blocked') return stay(model)
      return [{ ...model, desk: { ...model.desk, sdk: 'loading' } }, [{ do: 'load-sdk' }]]
    default:
      return stay(model)
  }
}
