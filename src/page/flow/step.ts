// Decides where the customer is next. Touches nothing: no DOM, no network, no clock (`now` in ms).
// A status it does not know means keep waiting; only the edge's `paid` means paid.
import type { Settled } from '../../contract/checkout.ts'
import type { LinkView } from '../../contract/link-view.ts'
import type { Effect, Event } from './event.ts'
import { type Desk, type Model, modelOf, type Trouble } from './model.ts'

type Next = [Model, Effect[]]

type AtDesk = Extract<Model, { desk: Desk }>

const stay = (model: Model): Next => [model, []]

export function step(model: Model, event: Event, now: number): Next {
  switch (event.type) {
    case 'begun':
      if (model.at === 'loading') return [model, [{ do: 'view' }]]
      return [model, model.at === 'open' ? [{ do: 'load-sdk' }] : []]
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
      return model.at === 'confirming' ? [{ ...model, at: 'unknown' }, []] : stay(model)
    case 'again':
      return again(model)
    default:
      return 'desk' in model ? atDesk(model, event, now) : stay(model)
  }
}

/** An answer that was overtaken by a later one, by the edge's own clock. */
function isOlder(view: LinkView, model: Model): boolean {
  return 'view' in model && model.view !== null && Date.parse(view.now) < Date.parse(model.view.now)
}

/** News of the link. An open link changes nothing under a customer who is on the way. */
function viewed(model: Model, view: LinkView): Next {
  if (model.at === 'loading' || model.at === 'unreachable') return [modelOf(view), [{ do: 'load-sdk' }]]
  if (model.at === 'rejected' || isOlder(view, model)) return stay(model)
  if (view.status !== 'open') return [modelOf(view), []]
  if (model.at === 'open') return [modelOf(view, model.desk), []]
  return model.at === 'settled' ? [modelOf(view), [{ do: 'load-sdk' }]] : stay(model)
}

function confirm(model: Model, impUid: string | undefined): Next {
  if (model.at === 'not_found') return stay(model)
  // What is known stays on the screen; the edge is asked all the same, for a second payment must not go unseen.
  if (model.at === 'settled') return [model, [{ do: 'settle', impUid }]]
  const view = 'view' in model ? model.view : null
  return [{ at: 'confirming', view, impUid }, [{ do: 'settle', impUid }]]
}

function settled(model: Model, { attempt, ...view }: Settled): Next {
  if (model.at !== 'confirming' && model.at !== 'unknown' && model.at !== 'settled') return stay(model)
  if (isOlder(view, model)) return stay(model)
  const next = modelOf(view)
  if (attempt.outcome === 'rejected') return [{ at: 'rejected', view, rejected: attempt }, []]
  if (next.at !== 'open') return [next, []]
  const load: Effect[] = [{ do: 'load-sdk' }]
  switch (attempt.outcome) {
    case 'declined':
      return [{ ...next, at: 'declined' }, load]
    case 'cancelled':
    case 'none':
    case 'ignored':
      return [{ ...next, at: 'cancelled' }, load]
    case 'refunded':
      return [next, load]
    case 'pending':
      // A window that was left without an answer stays `ready` at i'mport: nothing was approved so far.
      if ('impUid' in model && model.impUid === undefined) return [{ ...next, at: 'cancelled' }, load]
      return [{ at: 'unknown', view, impUid: 'impUid' in model ? model.impUid : undefined }, []]
    case 'paid':
    case 'awaiting_deposit':
      // The link is open, so this is not over: ask again.
      return [{ at: 'unknown', view, impUid: undefined }, []]
  }
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

type DeskEvent = Extract<Event, { type: 'sdk' | 'intent' | 'chose' | 'pressed' | 'granted' | 'refused' }>

function atDesk(model: AtDesk, event: DeskEvent, now: number): Next {
  const { desk } = model
  switch (event.type) {
    case 'sdk': {
      const ready: Desk = { ...desk, sdk: event.state, wanted: desk.wanted && event.state === 'ready' }
      const pressAgain = ready.wanted && ready.grant !== null
      return stay({
        ...model,
        desk: pressAgain ? { ...ready, wanted: false, trouble: { why: 'press_again' } } : ready,
      })
    }
    case 'chose':
      return ask({ ...model, desk: { ...desk, method: event.method, trouble: null, wanted: false } }, now)
    case 'intent':
      return ask(model, now)
    case 'pressed':
      return press(model, now)
    case 'granted': {
      const asking = desk.asking === event.method ? null : desk.asking
      const granted = { ...model, desk: { ...desk, asking, grant: event } }
      if (!desk.wanted || event.method !== desk.method || desk.sdk === 'loading') return stay(granted)
      if (event.active) return press(granted, now)
      return stay({ ...granted, desk: { ...granted.desk, wanted: false, trouble: { why: 'press_again' } } })
    }
    case 'refused':
      return refused(model, event)
  }
}

const isFresh = ({ grant, method }: Desk, now: number) =>
  grant !== null && grant.method === method && grant.until > now

function ask(model: AtDesk, now: number): Next {
  const { desk } = model
  if (model.at !== 'open' || isFresh(desk, now) || desk.asking === desk.method) return stay(model)
  return [{ ...model, desk: { ...desk, asking: desk.method } }, [{ do: 'grant', method: desk.method }]]
}

function press(model: AtDesk, now: number): Next {
  const { desk, view } = model
  if (model.at !== 'open' || desk.sdk === 'blocked') return stay(model)
  if (isFresh(desk, now) && desk.grant && desk.sdk === 'ready') {
    const { checkout } = desk.grant
    const used: Desk = { ...desk, grant: null, wanted: false, trouble: null }
    return [{ at: 'paying', view, desk: used }, [{ do: 'open-window', checkout }]]
  }
  return ask({ ...model, desk: { ...desk, wanted: true, trouble: null } }, now)
}

function refused(model: AtDesk, { method, failure }: Extract<Event, { type: 'refused' }>): Next {
  const desk: Desk = { ...model.desk, asking: model.desk.asking === method ? null : model.desk.asking }
  if (failure !== 'cut' && failure.reason === 'not_open') return [modelOf(failure.view), []]
  if (failure !== 'cut' && failure.reason === 'not_found') return [{ at: 'not_found' }, []]
  // Nobody waits for a permission that only an idle move of the pointer asked for.
  if (!desk.wanted || model.at !== 'open') return stay({ ...model, desk })
  if (failure === 'cut') return [{ at: 'unreachable' }, []]
  const trouble: Trouble =
    failure.reason === 'too_many_requests'
      ? { why: 'too_many', seconds: failure.retry_after }
      : { why: failure.reason === 'upstream_refused' ? 'refused' : 'failed' }
  return stay({ ...model, desk: { ...desk, wanted: false, trouble } })
}
