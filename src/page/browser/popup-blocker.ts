import type { OpenLink } from '../../contract/links/link-view.ts'
import { needsPress } from '../flow/popup.ts'
import { isMobile } from './device.ts'

/** Whether the method's window may open in a later task than the click. */
export const mayOpen = (method: string, { methods }: OpenLink): boolean =>
  allowsLatePopup() || !needsPress(methods.find(({ key }) => key === method)?.provider, isMobile())

/**
 * WebKit blocks popups after a fetch even while `userActivation` is active. `vendor` identifies WebKit in every
 * browser on iOS.
 */
const allowsLatePopup = () =>
  navigator.userActivation?.isActive === true && !navigator.vendor.startsWith('Apple')
