import type { Model } from './model.ts'

const seconds = 1_000

/** Pauses between looks, the last one for ever: quick while somebody waits, rare while nobody does. */
const waiting = [2, 2, 3, 4, 6, 8, 12, 15]
const idle = [30, 60, 120]

/** Milliseconds until the edge is asked again; null where nothing can change by itself. */
export function nextLook(model: Model, looks: number): number | null {
  switch (model.at) {
    case 'paying':
    case 'unknown':
    case 'cancelled':
      return after(waiting, looks)
    case 'settled':
      return model.view.status === 'awaiting_deposit' ? after(waiting, looks) : null
    case 'open': {
      // The edge's clock says when the link ends: look just after that.
      const endsMs = Date.parse(model.view.expires_at) - Date.parse(model.view.now)
      return Math.min(after(idle, looks), Math.max(endsMs + seconds, seconds))
    }
    default:
      return null
  }
}

function after(pauses: readonly number[], looks: number): number {
  return (pauses[Math.min(looks, pauses.length - 1)] ?? 60) * seconds
}
