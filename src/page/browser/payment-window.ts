// The payment window: opened by the SDK, and watched by the page.
import type { Checkout } from '../../contract/links/checkout.ts'
import type { WindowResult } from '../flow/world.ts'

/** The window that was opened last, for whoever watches it or takes it away. */
export interface OpenedWindow {
  /** The SDK has called back nothing yet. */
  isAsked: boolean
  /** Whether the customer has had anything before them. */
  isShown: () => boolean
  popup: Window | null
  /** Nothing that the SDK calls back from now on counts. @param result told instead of it */
  end: (result?: WindowResult) => void
}

export const openedWindow: OpenedWindow = { isAsked: false, isShown: () => false, popup: null, end: () => {} }

/**
 * Opens the payment window, in the same call as the customer's press. The SDK writes into what it is given, so it gets
 * a copy. Its answer carries an id and nothing else that is believed; `returned` is called once.
 */
export function openWindow({ params }: Checkout, returned: (result: WindowResult) => void): void {
  const opened = openedWindow
  const browsersOpen = window.open
  const before = document.body.childElementCount
  opened.popup = null
  opened.isAsked = true
  opened.isShown = () => opened.popup !== null || isDialogShown() || document.body.childElementCount > before
  opened.end = (result) => {
    window.open = browsersOpen
    opened.popup?.close()
    opened.end = () => {}
    if (result) returned(result)
  }
  const { end } = opened
  const fail = (code: unknown, message?: unknown, shown = opened.isShown()) =>
    opened.end({ impUid: undefined, failure: { code: String(code), message, shown } })
  window.open = (...where) => {
    const popup = browsersOpen.apply(window, where)
    opened.popup = popup
    // Only after the SDK's own alert; its dialog covers the page all the same.
    if (!popup) setTimeout(fail, 0, 'POPUP_BLOCKED', '', false)
    return popup
  }
  try {
    window.IMP?.request_pay(structuredClone(params), (response) => {
      // The page may have opened another window since.
      if (opened.end !== end) return
      opened.isAsked = false
      const { imp_uid, error_code, error_msg } = (response ?? {}) as Record<string, unknown>
      if (typeof imp_uid === 'string' && imp_uid) end({ impUid: imp_uid })
      else if (error_code) fail(error_code, error_msg)
      else end({ impUid: undefined })
    })
  } catch {
    opened.isAsked = false
    fail('SDK_ERROR')
  }
}

export function isDialogShown(): boolean {
  const dialog = document.querySelector('.imp-dialog')
  return dialog !== null && getComputedStyle(dialog).display !== 'none'
}
