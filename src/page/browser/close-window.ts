import { later } from './device.ts'
import { isDialogShown, type OpenedWindow } from './payment-window.ts'
import type { SdkProgress } from './sdk.ts'

/**
 * Takes away whatever the SDK still shows, and has it begin anew the next time it is loaded. `IMP.close` alone leaves
 * some gateways' dialogs over the page.
 */
export function closeWindow(opened: OpenedWindow, progress: SdkProgress): void {
  opened.end()
  const isShown = opened.isShown()
  if (!opened.isAsked && !isDialogShown()) return
  // Even after `deinit` the SDK would carry out what it has kept, as soon as it can.
  progress.mayKeep = opened.isAsked && !isShown
  try {
    // Where there is nothing to close it throws, later.
    if (isShown) window.IMP?.close?.()
    window.IMP?.deinit?.()
  } catch {
    // Whatever it could not take away, the bar above it stays within reach.
  }
  // What it leaves behind: on phones what hides the page, and the newer gateways' frame.
  document.body.classList.remove('imp-payment-progress')
  document.body.style.overflow = ''
  document.getElementById('imp-iframe-wrapper')?.remove()
  progress.hasBegun = !window.IMP?.deinit
}

/** The SDK keeps a request while what it needs is not loaded, and tells nobody. */
const openMs = 15_000
/** Time enough for the SDK to say itself that its popup is gone; after a second `init` it never does. */
const closedMs = 3_000
const lookMs = 500

/** Ends a window that never comes, or whose popup is gone, where the SDK does not say so. @returns its cancel */
export function watchWindow(opened: OpenedWindow): () => void {
  let goneFor = 0
  const cancelOpening = later(openMs, () => {
    if (opened.isAsked && !opened.isShown()) end('NOT_OPENED', false)
  })
  const looking = setInterval(() => {
    goneFor = opened.popup?.closed ? goneFor + lookMs : 0
    if (goneFor >= closedMs) end('POPUP_CLOSED', true)
  }, lookMs)
  const cancel = () => {
    cancelOpening()
    clearInterval(looking)
  }
  const end = (code: string, shown: boolean) => {
    cancel()
    opened.end({ impUid: undefined, failure: { code, message: '', shown } })
  }
  return cancel
}
