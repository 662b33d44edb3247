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
  // On phones this hides the page, and some gateways leave it there.
  document.body.classList.remove('imp-payment-progress')
  progress.hasBegun = !window.IMP?.deinit
}

/** The SDK keeps a request while what it needs is not loaded, and tells nobody. */
const openMs = 15_000

/** Ends a window of which nothing is seen in time. @returns its cancel */
export function watchOpening(opened: OpenedWindow): () => void {
  return later(openMs, () => {
    if (opened.isAsked && !opened.isShown())
      opened.end({ impUid: undefined, failure: { code: 'NOT_OPENED', message: '', shown: false } })
  })
}
