import type { LinkWatcher } from '../platform/ports/link-watcher.ts'
import type { Store } from './store.ts'

/** Wraps the store to notify this process's watchers of every change at once. */
export function notifyWatchers(store: Store, watch: LinkWatcher): Store {
  return {
    ...store,
    async transitionLink(move, moveId) {
      const moved = await store.transitionLink(move, moveId)
      if (moved) watch.moved(move.link.id)
      return moved
    },
    async registerCard(registering, moveId) {
      const registered = await store.registerCard(registering, moveId)
      if (registered) watch.moved(registering.link.id)
      return registered
    },
    async insertLink(link, older, events, portone, messages) {
      const created = await store.insertLink(link, older, events, portone, messages)
      if (created && older) watch.moved(older.id)
      return created
    },
    async markOpened(linkId, visitor, now) {
      await store.markOpened(linkId, visitor, now)
      watch.moved(linkId)
    },
    async endCheckout(permission, now) {
      await store.endCheckout(permission, now)
      watch.moved(permission.link_id)
    },
    async recordForeignPayment(payment, link, options) {
      await store.recordForeignPayment(payment, link, options)
      watch.moved(link.id)
    },
  }
}
