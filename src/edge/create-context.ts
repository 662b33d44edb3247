import type { AppContext, AppDeps } from './context.ts'
import { createIamport } from './iamport/client.ts'
import { meterIamport } from './iamport/metered.ts'
import { noMetrics } from './platform/observability/metrics.ts'
import { noLinkWatcher } from './platform/ports/link-watcher.ts'
import { noRateLimiter } from './platform/ports/rate-limiter.ts'
import { notifyWatchers } from './store/notify-watchers.ts'
import { createStore } from './store/store.ts'

const contexts = new WeakMap<AppDeps, AppContext>()

/** Returns the same context for the same deps, so that routes and jobs share i'mport's access tokens. */
export function createContext(deps: AppDeps): AppContext {
  const {
    settings,
    database,
    fetch,
    now,
    retryDelay,
    isolatesRequests = false,
    metrics = noMetrics,
    rateLimiter = noRateLimiter,
    linkWatcher = noLinkWatcher,
    log,
  } = deps
  const clientOptions = {
    apiUrl: settings.iamportApiUrl,
    fetch,
    now,
    log,
    isolatesRequests,
    ...(retryDelay && { retryDelay }),
  }
  const upstream = createIamport(clientOptions)
  const context = contexts.get(deps) ?? {
    ...deps,
    metrics,
    rateLimiter,
    linkWatcher,
    store: notifyWatchers(createStore(database), linkWatcher),
    iamport: meterIamport(upstream, metrics),
  }
  contexts.set(deps, context)
  return context
}
