// Decides where the customer is next. Touches nothing: no DOM, no network, no clock (`now` in ms).
// A status it does not know means keep waiting; only the edge's `paid` means paid.
import type { Settled } from '../../contract/checkout.ts'
import type { LinkView } from '../../contract/link-view.ts'
import type { Event } from './event.ts'
import { isUnsettled, type Model, modelOf } from './model.ts'
import { type Next, stay, stepAtDesk } from './step-at-desk.ts'

export function step(model: Model, event: Event, now: number): Next {
  switch (event.type) {
    case 'begun':
      if (model.at === 'loading') return [model, [{ do: 'view' }]]
      if (model.at === 'confirming') return confirm(model, undefined)
      if (model.at !== 'open') return stay(model)
      // The edge rendered the page without knowing whose tab it is: the other window may be this tab's own.
      return [model, model.view.busy ? [{ do: 'load-sdk' }, { do: 'view' }] : [{ do: 'load-sdk' }]]
    case 'viewed':
      return viewed(model, event.view)
    case 'missing':
      return [{ at: 'not_found' }, []]
    case 'cut':
      return model.at === 'loading' ? [{ at: 'unreachable' }, []] : stay(model)
    case 'returned':
      return confirm(model, event.impUid)
    case 'settled':
      return settled(model, event.settled)
    case 'unsettled':
      return model.at === 'confirming' ? [{ ...model, at: 'unknown', absences: 0 }, []] : stay(model)
    case 'again':
      return again(model)
    default:
      if (event.type === 'refused' && event.failure !== 'cut' && event.failure.reason === 'not_open')
        return viewed(model, event.failure.view)
      return 'desk' in model ? stepAtDesk(model, event, now) : stay(model)
  }
}

/** An answer that was overtaken by a later one, by the edge's own clock: ISO 8601 in UTC goes by its letters, too. */
function isOlder(view: LinkView, model: Model): boolean {
  return 'view' in model && model.view !== null && view.now < model.view.now
}

/** News of the link. An open link changes nothing under a customer who is on the way. */
function viewed(model: Model, view: LinkView): Next {
  if (model.at === 'rejected' || isOlder(view, model)) return stay(model)
  if (isUnsettled(view) && !mayHavePaid(model) && model.at !== 'settled')
    return [{ at: 'confirming', view, impUid: undefined }, [{ do: 'settle', impUid: undefined }]]
  if (model.at === 'loading' || model.at === 'unreachable') return [modelOf(view), [{ do: 'load-sdk' }]]
  // A link ends while its window is open, or may be: what became of the window comes first.
  const ended = view.status === 'expired' || view.status === 'disabled'
  if (ended && mayHavePaid(model)) return [model, [{ do: 'settle', impUid: undefined }]]
  if (view.status !== 'open') return [modelOf(view), []]
  if (model.at === 'open') return [modelOf(view, model.desk), []]
  return model.at === 'settled' ? [modelOf(view), [{ do: 'load-sdk' }]] : stay(model)
}

const mayHavePaid = ({ at }: Model) =>
  at === 'paying' || at === 'cancelled' || at === 'confirming' || at === 'unknown'

function confirm(model: Model, impUid: string | undefined): Next {
  if (model.at === 'not_found') return stay(model)
  // What is known stays on the screen; the edge is asked all the same, for a second payment must not go unseen.
  if (model.at === 'settled') return [model, [{ do: 'settle', impUid }]]
  const view = 'view' in model ? model.view : null
  return [{ at: 'confirming', view, impUid }, [{ do: 'settle', impUid }]]
}

/** i'mport may know a payment a little later than the browser does; then it knows it or it never will. */
const enoughAbsences = 5

function settled(model: Model, { attempt, ...view }: Settled): Next {
  if (!mayHavePaid(model) && model.at !== 'settled') return stay(model)
  // Who waits for this answer takes it, also from a machine whose clock is behind: nothing else would come.
  if (model.at !== 'confirming' && isOlder(view, model)) return stay(model)
  if (attempt.outcome === 'rejected') return [{ at: 'rejected', view, rejected: attempt }, []]
  const ended = view.status === 'expired' || view.status === 'disabled'
  if (view.status !== 'open' && !ended) return [modelOf(view), []]
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
