import type { OpenLink } from '../../contract/links/link-view.ts'
import { needsPress } from '../flow/popup.ts'
import { isMobile } from './device.ts'

/** Whether the window of a method may open now, in a later task than the press that asked for it. */
export const mayOpen = (method: string, { methods }: OpenLink): boolean =>
  allowsLatePopup() || !needsPress(methods.find(({ key }) => key === method)?.provider, isMobile())

/**
 * WebKit's popup blocker does not follow `userActivation`: after a fetch that is still active, and `window.open`
 * returns null. The vendor names the engine, also where a browser on iOS calls itself Chrome or Firefox.
 */
const allowsLatePopup = () =>
  navigator.userActivation?.isActive === true && !navigator.vendor.startsWith('Apple')
