// Decides where the customer is until a payment window is behind them: all that the first script needs. Touches
// nothing: no DOM, no network, no clock (`now` in ms).
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Effect, Event } from './event.ts'
import { isOlder, isUndecided, isUnsettled, type Model, modelOf, type WindowFailure } from './model.ts'
import { type Next, stay } from './next.ts'
import { stepAtDesk } from './step-at-desk.ts'

/** Undefined for what `stepAfter` decides. */
export function stepBill(model: Model, event: Event, now: number): Next | undefined {
  switch (event.type) {
    case 'begun':
      if (model.at === 'loading') return [model, [{ do: 'view' }]]
      if (model.at === 'confirming') return confirm(model, undefined)
      if (model.at !== 'open') return [model, askOnce(model)]
      // The edge rendered the page without knowing whose tab it is: the other window may be this tab's own.
      return [model, model.view.busy ? [{ do: 'load-sdk' }, { do: 'view' }] : [{ do: 'load-sdk' }]]
    case 'viewed':
      return viewed(model, event.view)
    case 'missing':
      return [{ at: 'not_found' }, []]
    case 'cut':
      return model.at === 'loading' ? [{ ...model, at: 'unreachable' }, []] : stay(model)
    case 'returned':
      return event.failure ? undefined : confirm(model, event.impUid)
    case 'settled':
    case 'unsettled':
    case 'again':
      return undefined
    default:
      if (event.type === 'refused' && event.failure !== 'cut' && event.failure.reason === 'not_open')
        return viewed(model, event.failure.view)
      return 'desk' in model ? stepAtDesk(model, event, now) : stay(model)
  }
}

/** News of the link for a customer who has opened no window. */
function viewed(model: Model, view: LinkView): Next | undefined {
  switch (model.at) {
    case 'loading':
    case 'unreachable':
    case 'open':
    case 'settled':
      if (isUndecided(model)) return undefined
      if (isOlder(view, model)) return stay(model)
      if (isUnsettled(view) && model.at !== 'settled') return confirming(view, undefined)
      if (model.at === 'open') return [modelOf(view, model.desk), []]
      return [modelOf(view), [{ do: 'load-sdk' }, ...(model.at === 'settled' ? [] : askOnce(modelOf(view)))]]
    default:
      return undefined
  }
}

/** A card that was registered without a charge has no receipt. */
const tellsOfMoney = (view: LinkView) =>
  view.status === 'refunded' || (view.status === 'paid' && view.receipt !== null)

/** Whoever opens a receipt has the edge ask once: of a refund that was made elsewhere it may not have heard. */
const askOnce = (model: Model): Effect[] =>
  model.at === 'paid_elsewhere' || (model.at === 'settled' && tellsOfMoney(model.view))
    ? [{ do: 'settle', impUid: undefined }]
    : []

/** The edge is asked what became of a window. */
export function confirm(model: Model, impUid: string | undefined, failure?: WindowFailure): Next {
  if (model.at === 'not_found') return stay(model)
  // What is known stays on the screen; the edge is asked all the same, for a second payment must not go unseen.
  if (model.at === 'settled') return [model, [{ do: 'settle', impUid }]]
  return confirming('view' in model ? model.view : null, impUid, failure)
}

export const confirming = (
  view: LinkView | null,
  impUid: string | undefined,
  failure?: WindowFailure,
): Next => [{ at: 'confirming', view, impUid, failure }, [{ do: 'settle', impUid }]]
