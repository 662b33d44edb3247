/** As the payment SDK tells them apart, and so as it will behave: by the user agent alone. */
export const isMobile = () => /iPhone|iPad|iPod|Android|Mobile/i.test(navigator.userAgent)

/** After first paint and whatever is more urgent; Safari has no requestIdleCallback. */
export function untilIdle(call: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(call, { timeout: 1_000 })
  else setTimeout(call, 1)
}

/** Calls back once after `ms`; in a hidden tab it waits until somebody looks. */
export function later(ms: number, call: () => void): () => void {
  const seen = () => {
    if (document.hidden) return
    cancel()
    call()
  }
  const timer = setTimeout(() => {
    document.addEventListener('visibilitychange', seen)
    seen()
  }, ms)
  const cancel = () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
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

/** Chat apps' browsers and plain http on a home network have no clipboard API. */
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
