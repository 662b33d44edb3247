import type { AppDeps, Room } from './context.ts'
import { createIamport } from './iamport/client.ts'
import { measureIamport } from './iamport/metered.ts'
import { noMeter } from './platform/observability/metrics.ts'
import { noWatch } from './platform/ports/link-watcher.ts'
import { noLimiter } from './platform/ports/rate-limiter.ts'
import { tellMoves } from './store/notify-watchers.ts'
import { createStore } from './store/store.ts'

const rooms = new WeakMap<AppDeps, Room>()

/** One room for the routes and for what runs by the clock: they share the access tokens. */
export function roomOf(deps: AppDeps): Room {
  const {
    settings,
    database,
    fetch,
    now,
    pause,
    requestsApart = false,
    meter = noMeter,
    limiter = noLimiter,
    watch = noWatch,
    log,
  } = deps
  const outside = { apiUrl: settings.iamportApiUrl, fetch, now, log, requestsApart, ...(pause && { pause }) }
  const upstream = createIamport(outside)
  const room = rooms.get(deps) ?? {
    ...deps,
    meter,
    limiter,
    watch,
    store: tellMoves(createStore(database), watch),
    iamport: measureIamport(upstream, meter),
  }
  rooms.set(deps, room)
  return room
}
