import { autoOpened } from '../browser/address.ts'
import { isMobile } from '../browser/device.ts'
import type { Model } from '../flow/model.ts'
import { needsPress } from '../flow/popup.ts'

/**
 * Whether a direct link may open its window without a click: once per tab, and not if the gateway uses a popup. The
 * only case in which loading the page requests a permission.
 */
export function shouldAutoOpen(model: Model, id: string): boolean {
  if (model.at !== 'open' || !model.view.direct || model.checkoutState.sdk !== 'ready') return false
  if (autoOpened.has(id) || needsPress(model.view.methods[0]?.provider, isMobile())) return false
  autoOpened.mark(id)
  return true
}
