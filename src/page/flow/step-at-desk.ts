// What happens to the desk: choosing, the permission, the SDK and the press. Pure.
import type { Event } from './event.ts'
import { chargeOf, type Desk, type Model, type Trouble } from './model.ts'
import { type Next, stay } from './next.ts'

type AtDesk = Extract<Model, { desk: Desk }>

type DeskEvent = Extract<
  Event,
  { type: 'sdk' | 'intent' | 'chose' | 'spoke' | 'pressed' | 'granted' | 'refused' }
>

export function stepAtDesk(model: AtDesk, event: DeskEvent, now: number): Next {
  const { desk } = model
  switch (event.type) {
    case 'sdk': {
      const ready: Desk = { ...desk, sdk: event.state, wanted: desk.wanted && event.state === 'ready' }
      return open({ ...model, desk: ready }, event.active, now)
    }
    case 'spoke':
      return stay({ ...model, desk: { ...desk, grant: null } })
    case 'chose':
      return ask({ ...model, desk: { ...desk, method: event.method, trouble: null, wanted: false } }, now)
    case 'intent':
      return ask(model, now)
    case 'pressed':
      return press(model, now)
    case 'granted': {
      const asking = desk.asking === event.method ? null : desk.asking
      return open({ ...model, desk: { ...desk, asking, grant: event } }, event.active, now)
    }
    case 'refused':
      return refused(model, event)
  }
}

const isFresh = ({ grant, method }: Desk, now: number) =>
  grant !== null && grant.method === method && grant.until > now

/** What a press was waiting for has come: open the window, if the browser still lets us. */
function open(model: AtDesk, active: boolean, now: number): Next {
  const { desk } = model
  if (!desk.wanted || !isFresh(desk, now) || desk.sdk !== 'ready') return stay(model)
  if (active) return press(model, now)
  return stay({ ...model, desk: { ...desk, wanted: false, trouble: { why: 'press_again' } } })
}

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
  if (failure !== 'cut' && failure.reason === 'not_found') return [{ at: 'not_found' }, []]
  // Nobody waits for a permission that only an idle move of the pointer asked for.
  if (!desk.wanted || model.at !== 'open') return stay({ ...model, desk })
  if (failure === 'cut') return [{ at: 'unreachable', charge: chargeOf(model.view, desk) }, []]
  const trouble: Trouble =
    failure.reason === 'too_many_requests'
      ? { why: 'too_many', seconds: failure.retry_after }
      : { why: failure.reason === 'upstream_refused' ? 'refused' : 'failed' }
  return stay({ ...model, desk: { ...desk, wanted: false, trouble } })
}
