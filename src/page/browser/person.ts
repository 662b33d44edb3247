// Signs that a person is here. A mail scanner runs scripts too, but it moves no pointer.

interface Watcher {
  intent: () => void
  /** The tab is looked at again, or the network is back. */
  seenAgain: () => void
  hidden: () => void
  /** Back brought the page out of the browser's cache, frozen as it was left. */
  revived: () => void
}

const gapMs = 3_000

export function watchPerson({ intent, seenAgain, hidden, revived }: Watcher): void {
  let last = Number.NEGATIVE_INFINITY
  const moved = (event: Event) => {
    if (!event.isTrusted || event.timeStamp - last < gapMs) return
    last = event.timeStamp
    intent()
  }
  for (const type of ['pointermove', 'pointerdown', 'touchstart', 'keydown']) {
    addEventListener(type, moved, { passive: true, capture: true })
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? hidden : seenAgain)())
  addEventListener('online', seenAgain)
  addEventListener('pageshow', (event) => event.persisted && revived())
}
