// Detects a real user: mail scanners run scripts but send no trusted input events.

interface PresenceHandlers {
  intent: () => void
  /** The tab is visible again, or the network is back. */
  visible: () => void
  hidden: () => void
  /** Restored from the back/forward cache. */
  restored: () => void
}

const minGapMs = 3_000

export function watchPresence({ intent, visible, hidden, restored }: PresenceHandlers): void {
  let last = Number.NEGATIVE_INFINITY
  const onInput = (event: Event) => {
    if (!event.isTrusted || event.timeStamp - last < minGapMs) return
    last = event.timeStamp
    intent()
  }
  for (const type of ['pointermove', 'pointerdown', 'touchstart', 'keydown']) {
    addEventListener(type, onInput, { passive: true, capture: true })
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? hidden : visible)())
  addEventListener('online', visible)
  addEventListener('pageshow', (event) => event.persisted && restored())
}
