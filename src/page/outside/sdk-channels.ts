// The SDK says nothing where it could not load the merchant's channels: it keeps whatever is asked of it, for ever.
// What it puts into the page tells.

export type SdkState = 'ready' | 'blocked'

/** By then it is known how it went; one channel whose frame does not load keeps nobody from the others. */
const patienceMs = 10_000

/** Calls back once, after `init`: `ready` with its channels, `blocked` where there are none. */
export function untilChannelsLoad(tell: (state: SdkState) => void): void {
  const frames = new Set<Element>()
  let loading = 0
  let isOver = false

  const end = () => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    changes.disconnect()
    answers.disconnect()
    tell(frames.size > 0 ? 'ready' : 'blocked')
  }
  const timer = setTimeout(end, patienceMs)

  const changes = new MutationObserver(() => {
    for (const frame of document.querySelectorAll('.imp-dialog iframe')) {
      if (frames.has(frame)) continue
      frames.add(frame)
      loading += 1
      const loaded = () => {
        loading -= 1
        if (loading === 0) end()
      }
      frame.addEventListener('load', loaded, { once: true })
    }
  })
  changes.observe(document.body, { childList: true, subtree: true })

  // The SDK puts its frames into the page as soon as it has the answer.
  const answers = new PerformanceObserver((list) => {
    if (frames.size === 0 && list.getEntries().some(asksForChannels)) end()
  })
  answers.observe({ type: 'resource' })
}

const asksForChannels = ({ name }: PerformanceEntry) => name.includes('/users/pg/')
