import type { Checkout } from '../../contract/links/checkout.ts'
import type { WindowResult } from '../flow/dependencies.ts'

/** The most recent payment window. */
export interface PaymentWindow {
  /** The SDK has not called back yet. */
  isPending: boolean
  /** Whether the SDK has shown anything to the customer. */
  isShown: () => boolean
  popup: Window | null
  /** Ignores later callbacks of the SDK. @param result reported instead */
  end: (result?: WindowResult) => void
}

export const paymentWindow: PaymentWindow = {
  isPending: false,
  isShown: () => false,
  popup: null,
  end: () => {},
}

/**
 * Opens the payment window synchronously within the click. The SDK modifies its parameters, so it gets a copy. Only
 * the payment ID of its response is used; `onResult` is called once.
 */
export function openWindow({ params }: Checkout, onResult: (result: WindowResult) => void): void {
  const opened = paymentWindow
  const nativeOpen = window.open
  const childCount = document.body.childElementCount
  opened.popup = null
  opened.isPending = true
  opened.isShown = () =>
    opened.popup !== null || isDialogShown() || document.body.childElementCount > childCount
  opened.end = (result) => {
    window.open = nativeOpen
    opened.popup?.close()
    opened.end = () => {}
    if (result) onResult(result)
  }
  const { end } = opened
  const fail = (code: unknown, message?: unknown, shown = opened.isShown()) =>
    opened.end({ impUid: undefined, failure: { code: String(code), message, shown } })
  window.open = (...where) => {
    const popup = nativeOpen.apply(window, where)
    opened.popup = popup
    // After the SDK's own alert; its dialog stays on the page otherwise.
    if (!popup) setTimeout(fail, 0, 'POPUP_BLOCKED', '', false)
    return popup
  }
  try {
    window.IMP?.request_pay(structuredClone(params), (response) => {
      // Ignores callbacks of an earlier window.
      if (opened.end !== end) return
      opened.isPending = false
      const { imp_uid, error_code, error_msg } = (response ?? {}) as Record<string, unknown>
      if (typeof imp_uid === 'string' && imp_uid) end({ impUid: imp_uid })
      else if (error_code) fail(error_code, error_msg)
      else end({ impUid: undefined })
    })
  } catch {
    opened.isPending = false
    fail('SDK_ERROR')
  }
}

export function isDialogShown(): boolean {
  const dialog = document.querySelector('.imp-dialog')
  return dialog !== null && getComputedStyle(dialog).display !== 'none'
}
