// Decides where the customer is once a payment window was opened. It comes with the screens: before them nothing of
// it could be shown. A status it does not know means keep waiting; only the edge's `paid` means paid.
import type { Attempt, Settled } from '../../contract/checkout.ts'
import type { LinkView, ViewOf } from '../../contract/link-view.ts'
import type { Event } from './event.ts'
import { isOlder, isUndecided, isUnsettled, type Model, modelOf } from './model.ts'
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

const hasEnded = (view: LinkView): view is ViewOf<'expired' | 'disabled'> =>
  view.status === 'expired' || view.status === 'disabled'

const mayHavePaid = (model: Model) =>
  model.at === 'paying' || model.at === 'confirming' || model.at === 'unknown' || isUndecided(model)

/** Whether an approval may still follow. Somebody else's payment says nothing of the customer's own. */
const mayFollow = (attempt: Attempt) =>
  'so_far' in attempt || attempt.outcome === 'ignored' || attempt.outcome === 'foreign'

/** News of the link. An open link changes nothing under a customer who is on the way. */
function viewed(model: Model, view: LinkView): Next {
  if (model.at === 'rejected' || isOlder(view, model)) return stay(model)
  if (isUnsettled(view) && model.at === 'settled') return [modelOf(view), []]
  // A link ends while its window is open, or may be: what became of the window comes first.
  if (hasEnded(view) && mayHavePaid(model)) return [model, [{ do: 'settle', impUid: undefined }]]
  if (isUnsettled(view)) return confirming(view, undefined)
  if (view.status !== 'open') return [modelOf(view), []]
  if (model.at === 'open') return [modelOf(view, model.desk), []]
  if (!('charge' in model)) return stay(model)
  return [modelOf(view, model), [{ do: 'load-sdk' }]]
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
    case 'cancelled':
      return unpaid(model, view, attempt, attempt.outcome)
    case 'none':
    case 'ignored':
    case 'foreign':
      // The browser named a payment that i'mport does not know, or not for this order.
      if (impUid !== undefined && absences < enoughAbsences) return [{ ...unknown, absences }, []]
      return unpaid(model, view, attempt, 'cancelled')
    case 'started':
      if (model.at === 'paying') return stay(model)
      // With an answer of the gateway's in hand, nothing approved so far is not the end of it.
      if (impUid !== undefined && attempt.so_far) return [unknown, []]
      return unpaid(model, view, attempt, 'cancelled')
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
function unpaid(model: Model, view: LinkView, attempt: Attempt, at: 'declined' | 'cancelled'): Next {
  const charge = mayFollow(attempt) ? 'so_far' : 'none'
  if (charge === 'so_far' && model.at === 'paying') return stay(model)
  const next = modelOf('so_far' in attempt && hasEnded(view) ? { ...view, unsettled: true } : view, {
    charge,
  })
  if (next.at !== 'open') return [next, []]
  if ('desk' in model) return [{ ...model, view: next.view, desk: { ...model.desk, charge } }, []]
  return [{ ...next, at }, [{ do: 'load-sdk' }]]
}

function again(model: Model): Next {
  switch (model.at) {
    case 'declined':
    case 'cancelled':
      return [
        { ...model, at: 'open' },
        [isUndecided(model) ? { do: 'settle', impUid: undefined } : { do: 'view' }],
      ]
    case 'paying':
      return confirm(model, undefined)
    case 'unknown':
      return [{ ...model, at: 'confirming' }, [{ do: 'settle', impUid: model.impUid }]]
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
