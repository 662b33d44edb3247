// Decisions up to a payment window, needed by the first script. Pure: no DOM, no network, no clock (`now` in ms).
import type { LinkView } from '../../contract/links/link-view.ts'
import type { Effect, Event } from './event.ts'
import { type Next, stay } from './event.ts'
import { isOlder, isUndecided, isUnsettled, type Model, modelOf, type WindowFailure } from './model.ts'
import { stepCheckout } from './step-checkout.ts'

/** Undefined: left to `stepAfterWindow`. */
export function stepBill(model: Model, event: Event, now: number): Next | undefined {
  switch (event.type) {
    case 'started':
      if (model.at === 'loading') return [model, [{ do: 'view' }]]
      if (model.at === 'confirming') return confirm(model, undefined)
      if (model.at !== 'open') return [model, settleOnOpen(model)]
      // The edge rendered without the tab ID, so the other window may be this tab's own.
      return [model, model.view.busy ? [{ do: 'load-sdk' }, { do: 'view' }] : [{ do: 'load-sdk' }]]
    case 'updated':
      return viewed(model, event.view)
    case 'not_found':
      return [{ at: 'not_found' }, []]
    case 'unreachable':
      return model.at === 'loading' ? [{ ...model, at: 'unreachable' }, []] : stay(model)
    case 'returned':
      return event.failure ? undefined : confirm(model, event.impUid)
    case 'settled':
    case 'unsettled':
    case 'retry':
      return undefined
    default:
      if (event.type === 'refused' && event.failure !== 'unreachable' && event.failure.reason === 'not_open')
        return viewed(model, event.failure.view)
      return 'checkoutState' in model ? stepCheckout(model, event, now) : stay(model)
  }
}

/** A new view while no window is open. */
function viewed(model: Model, view: LinkView): Next | undefined {
  switch (model.at) {
    case 'loading':
    case 'unreachable':
    case 'open':
    case 'settled':
      if (isUndecided(model)) return undefined
      if (isOlder(view, model)) return stay(model)
      if (isUnsettled(view) && model.at !== 'settled') return confirming(view, undefined)
      if (model.at === 'open') return [modelOf(view, model.checkoutState), []]
      return [
        modelOf(view),
        [{ do: 'load-sdk' }, ...(model.at === 'settled' ? [] : settleOnOpen(modelOf(view)))],
      ]
    default:
      return undefined
  }
}

/** A card registered without a charge has no receipt. */
const hasReceipt = (view: LinkView) =>
  view.status === 'refunded' || (view.status === 'paid' && view.receipt !== null)

/** Settles once when a receipt is opened, because the edge may not know of a refund made elsewhere. */
const settleOnOpen = (model: Model): Effect[] =>
  model.at === 'paid_elsewhere' || (model.at === 'settled' && hasReceipt(model.view))
    ? [{ do: 'settle', impUid: undefined }]
    : []

/** Asks the edge for the result of a window. */
export function confirm(model: Model, impUid: string | undefined, failure?: WindowFailure): Next {
  if (model.at === 'not_found') return stay(model)
  // Keeps the receipt and still settles, to notice a second payment.
  if (model.at === 'settled') return [model, [{ do: 'settle', impUid }]]
  return confirming('view' in model ? model.view : null, impUid, failure)
}

export const confirming = (
  view: LinkView | null,
  impUid: string | undefined,
  failure?: WindowFailure,
): Next => [{ at: 'confirming', view, impUid, failure }, [{ do: 'settle', impUid }]]
