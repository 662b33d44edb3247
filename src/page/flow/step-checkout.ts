// Decisions about the checkout state: method, permission, SDK, click. Pure.
import type { Event } from './event.ts'
import { type Next, stay } from './event.ts'
import { type CheckoutState, chargeOf, type Model, type Trouble } from './model.ts'

type ModelAtCheckout = Extract<Model, { checkoutState: CheckoutState }>

type CheckoutEvent = Extract<
  Event,
  { type: 'sdk' | 'intent' | 'selected' | 'language_changed' | 'pressed' | 'granted' | 'refused' }
>

export function stepCheckout(model: ModelAtCheckout, event: CheckoutEvent, now: number): Next {
  const { checkoutState: state } = model
  switch (event.type) {
    case 'sdk': {
      const ready: CheckoutState = {
        ...state,
        sdk: event.state,
        pending: state.pending && event.state === 'ready',
      }
      return open({ ...model, checkoutState: ready }, event.active, now)
    }
    case 'language_changed':
      return stay({ ...model, checkoutState: { ...state, grant: null } })
    case 'selected':
      return requestGrant(
        { ...model, checkoutState: { ...state, method: event.method, trouble: null, pending: false } },
        now,
      )
    case 'intent':
      return requestGrant(model, now)
    case 'pressed':
      return press(model, now)
    case 'granted': {
      const requesting = state.requesting === event.method ? null : state.requesting
      return open({ ...model, checkoutState: { ...state, requesting, grant: event } }, event.active, now)
    }
    case 'refused':
      return refused(model, event)
  }
}

const isFresh = ({ grant, method }: CheckoutState, now: number) =>
  grant !== null && grant.method === method && grant.until > now

/** Opens the window for a waiting click, if the browser still allows it. */
function open(model: ModelAtCheckout, active: boolean, now: number): Next {
  const { checkoutState: state } = model
  if (!state.pending || !isFresh(state, now) || state.sdk !== 'ready') return stay(model)
  if (active) return press(model, now)
  return stay({ ...model, checkoutState: { ...state, pending: false, trouble: { reason: 'press_again' } } })
}

function requestGrant(model: ModelAtCheckout, now: number): Next {
  const { checkoutState: state } = model
  if (model.at !== 'open' || isFresh(state, now) || state.requesting === state.method) return stay(model)
  return [
    { ...model, checkoutState: { ...state, requesting: state.method } },
    [{ do: 'grant', method: state.method }],
  ]
}

function press(model: ModelAtCheckout, now: number): Next {
  const { checkoutState: state, view } = model
  if (model.at !== 'open' || state.sdk === 'blocked') return stay(model)
  if (isFresh(state, now) && state.grant && state.sdk === 'ready') {
    const { checkout } = state.grant
    const used: CheckoutState = { ...state, grant: null, pending: false, trouble: null }
    return [{ at: 'paying', view, checkoutState: used }, [{ do: 'open-window', checkout }]]
  }
  return requestGrant({ ...model, checkoutState: { ...state, pending: true, trouble: null } }, now)
}

function refused(model: ModelAtCheckout, { method, failure }: Extract<Event, { type: 'refused' }>): Next {
  const state: CheckoutState = {
    ...model.checkoutState,
    requesting: model.checkoutState.requesting === method ? null : model.checkoutState.requesting,
  }
  if (failure !== 'unreachable' && failure.reason === 'not_found') return [{ at: 'not_found' }, []]
  // The request came from a pointer move, not from a click.
  if (!state.pending || model.at !== 'open') return stay({ ...model, checkoutState: state })
  if (failure === 'unreachable') return [{ at: 'unreachable', charge: chargeOf(model.view, state) }, []]
  const trouble: Trouble =
    failure.reason === 'too_many_requests'
      ? { reason: 'too_many', seconds: failure.retry_after }
      : { reason: failure.reason === 'upstream_refused' ? 'refused' : 'failed' }
  return stay({ ...model, checkoutState: { ...state, pending: false, trouble } })
}
