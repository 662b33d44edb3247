// The SDK does not report that channels failed to load; it queues requests forever. Its frames in the page show
// whether they loaded.

export type SdkState = 'ready' | 'blocked'

/** One frame that never loads must not block the other channels. */
const timeoutMs = 10_000

/** Starts the SDK and calls back once: `ready` if any channel loaded, else `blocked`. */
export function loadChannels(init: () => void, report: (state: SdkState) => void): void {
  const startedAt = performance.now()
  const frames = new Set<Element>()
  let loading = 0
  let isOver = false

  const finish = () => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    changes.disconnect()
    answers.disconnect()
    report(frames.size > 0 ? 'ready' : 'blocked')
  }
  const timer = setTimeout(finish, timeoutMs)

  const changes = new MutationObserver(() => {
    for (const frame of document.querySelectorAll('.imp-dialog iframe')) {
      if (frames.has(frame)) continue
      frames.add(frame)
      loading += 1
      const loaded = () => {
        loading -= 1
        if (loading === 0) finish()
      }
      frame.addEventListener('load', loaded, { once: true })
    }
  })
  changes.observe(document.body, { childList: true, subtree: true })

  // The SDK adds its frames as soon as it has the response.
  const answers = new PerformanceObserver((list) => {
    const isAnswered = list
      .getEntries()
      .some(({ name, startTime }) => name.includes('/users/pg/') && startTime >= startedAt)
    if (isAnswered && frames.size === 0) finish()
  })
  answers.observe({ type: 'resource' })

  try {
    init()
  } catch {
    finish()
  }
}
