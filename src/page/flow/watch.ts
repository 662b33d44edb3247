import { isUndecided, type Model } from './model.ts'

const seconds = 1_000

/** While a stream tells, only for the case that its other end is gone without a word. */
const told = [120]

/** Pauses between looks, the last one for ever: quick while somebody waits, rare while nobody does. */
const waiting = [2, 2, 3, 4, 6, 8, 12, 15]
const idle = [30, 60, 120]
/** Long after a window was left, an approval is seldom. */
const undecided = [...waiting, 30, 60, 120, 300]

/** Milliseconds until the edge is asked again; null where nothing can change by itself. */
export function nextLook(model: Model, looks: number, streams = false): number | null {
  if (isUndecided(model)) return after(undecided, looks)
  switch (model.at) {
    case 'paying':
      return after(streams ? told : waiting, looks)
    case 'unreachable':
    case 'unknown':
      // Only by asking i'mport does the edge learn what a stream could tell.
      return after(waiting, looks)
    case 'settled':
      return model.view.status === 'awaiting_deposit' ? after(streams ? told : waiting, looks) : null
    case 'open':
    case 'declined':
    case 'cancelled':
    case 'paid_elsewhere': {
      if (model.view.status !== 'open') return null
      // The edge's clock says when the link ends: look just after that.
      const endsMs = Date.parse(model.view.expires_at) - Date.parse(model.view.now)
      return Math.min(after(streams ? told : idle, looks), Math.max(endsMs + seconds, seconds))
    }
    default:
      return null
  }
}

function after(pauses: readonly number[], looks: number): number {
  return (pauses[Math.min(looks, pauses.length - 1)] ?? 60) * seconds
}
