import { openedItself } from '../browser/address.ts'
import { isMobile } from '../browser/device.ts'
import type { Model } from '../flow/model.ts'
import { needsPress } from '../flow/popup.ts'

/**
 * Whether a direct link may open its window now without a press: once in a tab, and not where the
 * gateway needs a popup. It is the one case in which a permission is asked for by opening the page.
 */
export function opensItself(model: Model, id: string): boolean {
  if (model.at !== 'open' || !model.view.direct || model.desk.sdk !== 'ready') return false
  if (openedItself.has(id) || needsPress(model.view.methods[0]?.provider, isMobile())) return false
  openedItself.mark(id)
  return true
}
