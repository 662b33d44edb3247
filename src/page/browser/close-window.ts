import { schedule } from './device.ts'
import { isDialogShown, type PaymentWindow } from './payment-window.ts'
import type { SdkProgress } from './sdk.ts'

/** Removes everything the SDK still shows and resets it. `IMP.close` alone leaves some gateways' dialogs open. */
export function closeWindow(opened: PaymentWindow, progress: SdkProgress): void {
  opened.end()
  const isShown = opened.isShown()
  if (!opened.isPending && !isDialogShown()) return
  // The SDK runs a queued request later, even after `deinit`.
  progress.mayHoldRequest = opened.isPending && !isShown
  try {
    // Throws asynchronously if there is nothing to close.
    if (isShown) window.IMP?.close?.()
    window.IMP?.deinit?.()
  } catch {
    // The window bar stays on top of anything left over.
  }
  // Leftovers of the SDK: the class that hides the page on phones, and the frame of newer gateways.
  document.body.classList.remove('imp-payment-progress')
  document.body.style.overflow = ''
  document.getElementById('imp-iframe-wrapper')?.remove()
  progress.isStarted = !window.IMP?.deinit
}

/** The SDK queues a request silently until its channels have loaded. */
const openTimeoutMs = 15_000
/** Leaves the SDK time to report a closed popup itself; after a second `init` it never does. */
const closedGraceMs = 3_000
const pollMs = 500

/**
 * Reports a window that never opens, and a popup that was closed, if the SDK does not. Returns a cancel function.
 */
export function watchWindow(opened: PaymentWindow): () => void {
  let closedForMs = 0
  const cancelOpening = schedule(openTimeoutMs, () => {
    if (opened.isPending && !opened.isShown()) end('NOT_OPENED', false)
  })
  const poll = setInterval(() => {
    closedForMs = opened.popup?.closed ? closedForMs + pollMs : 0
    if (closedForMs >= closedGraceMs) end('POPUP_CLOSED', true)
  }, pollMs)
  const cancel = () => {
    cancelOpening()
    clearInterval(poll)
  }
  const end = (code: string, shown: boolean) => {
    cancel()
    opened.end({ impUid: undefined, failure: { code, message: '', shown } })
  }
  return cancel
}
