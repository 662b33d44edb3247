// The sandbox's way of sending: what would have gone out is put on a shelf, and gone with the process.
import type { Mail, Mailer, Texter, TextMessage } from '../../platform/ports/messaging.ts'

export type Shelved = { at: number } & (({ channel: 'email' } & Mail) | ({ channel: 'phone' } & TextMessage))

export interface Shelf {
  mailer: Mailer
  texter: Texter
  /** Newest first. */
  list(): Shelved[]
}

const most = 200

export function createShelf(now: () => number): Shelf {
  const kept: Shelved[] = []
  const keep = async (message: Shelved) => {
    kept.unshift(message)
    kept.splice(most)
    return { ok: true as const }
  }
  return {
    mailer: { send: (mail) => keep({ at: now(), channel: 'email', ...mail }) },
    texter: {
      reaches: () => true,
      send: (message) => keep({ at: now(), channel: 'phone', ...message }),
    },
    list: () => [...kept],
  }
}
