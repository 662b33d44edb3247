import { isUndecided, type Model } from './model.ts'

const secondMs = 1_000

/** In seconds. Only a safeguard while a stream works. */
const whileStreaming = [120]

/** Intervals; the last one repeats. Short while the customer waits. */
const waiting = [2, 2, 3, 4, 6, 8, 12, 15]
const idle = [30, 60, 120]
/** Late approvals are rare. */
const undecided = [...waiting, 30, 60, 120, 300]

/** Milliseconds until the next poll; null if nothing can change by itself. */
export function nextPollMs(model: Model, polls: number, isStreaming = false): number | null {
  if (isUndecided(model)) return pauseMs(undecided, polls)
  switch (model.at) {
    case 'paying':
      return pauseMs(isStreaming ? whileStreaming : waiting, polls)
    case 'unreachable':
    case 'unknown':
      // The edge learns the result only by asking i'mport, so a stream cannot deliver it.
      return pauseMs(waiting, polls)
    case 'settled':
      return model.view.status === 'awaiting_deposit'
        ? pauseMs(isStreaming ? whileStreaming : waiting, polls)
        : null
    case 'open':
    case 'declined':
    case 'cancelled':
    case 'paid_elsewhere': {
      if (model.view.status !== 'open') return null
      // Also polls right after the link expires, by the edge's clock.
      const endsMs = Date.parse(model.view.expires_at) - Date.parse(model.view.now)
      return Math.min(
        pauseMs(isStreaming ? whileStreaming : idle, polls),
        Math.max(endsMs + secondMs, secondMs),
      )
    }
    default:
      return null
  }
}

function pauseMs(pauses: readonly number[], polls: number): number {
  return (pauses[Math.min(polls, pauses.length - 1)] ?? 60) * secondMs
}
