/** By user agent, because the payment SDK decides the same way. */
export const isMobile = () => /iPhone|iPad|iPod|Android|Mobile/i.test(navigator.userAgent)

/** Safari has no requestIdleCallback. */
export function untilIdle(callback: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(callback, { timeout: 1_000 })
  else setTimeout(callback, 1)
}

/** setTimeout that waits for a visible tab. Returns a cancel function. */
export function schedule(ms: number, callback: () => void): () => void {
  const whenVisible = () => {
    if (document.hidden) return
    cancel()
    callback()
  }
  const timer = setTimeout(() => {
    document.addEventListener('visibilitychange', whenVisible)
    whenVisible()
  }, ms)
  const cancel = () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', whenVisible)
  }
  return cancel
}

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

/** In-app browsers and plain http have no clipboard API. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  document.body.append(area)
  area.select()
  const copied = document.execCommand('copy')
  area.remove()
  return copied
}
