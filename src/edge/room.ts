import type { AppDeps, Room } from './deps.ts'
import { createIamport } from './iamport/client.ts'
import { createStore } from './store/store.ts'

const rooms = new WeakMap<AppDeps, Room>()

/** One room for the routes and for what runs by the clock: they share the access tokens. */
export function roomOf(deps: AppDeps): Room {
  const { settings, database, fetch, now, pause } = deps
  const room = rooms.get(deps) ?? {
    ...deps,
    store: createStore(database),
    iamport: createIamport({ apiUrl: settings.iamportApiUrl, fetch, now, ...(pause && { pause }) }),
  }
  rooms.set(deps, room)
  return room
}
