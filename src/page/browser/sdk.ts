// The payment SDK: the only third-party script on the page. Fetched after first paint, never awaited by it.
import type { Checkout } from '../../contract/links/checkout.ts'
import type { Sdk } from '../../contract/links/link-view.ts'
import type { RequestPayResponse } from '../../contract/links/request-pay.ts'
import { loadChannels, type SdkState } from './sdk-channels.ts'

interface Imp {
  init(userCode: string): void
  agency(userCode: string, tier: string): void
  request_pay(params: Checkout['params'], callback: (response?: RequestPayResponse) => void): void
  close?(): void
  /** Since 1.2.0: takes all that the SDK put into the page out of it again. */
  deinit?(): void
}

declare global {
  interface Window {
    IMP?: Imp
  }
}

type Tell = (state: SdkState) => void

/** A script that is neither here nor refused by then is taken for blocked. */
const patienceMs = 10_000

/** How far the SDK is in this page. */
export interface SdkProgress {
  /** Its channels are here. A second `init` would load them again. */
  hasBegun: boolean
  /** It may have kept a request, which only a new page is rid of. */
  mayKeep: boolean
}

export const sdkProgress: SdkProgress = { hasBegun: false, mayKeep: false }

/**
 * Loads and starts the SDK once. A failed load, or one that found no channels, can be tried again.
 * @param base of the edge
 */
export function loadSdk(relative: Sdk, base: string, tell: Tell): void {
  const at = (url: string) => new URL(url, base).href
  const { url, channels_url } = relative
  const sdk = { ...relative, url: at(url), ...(channels_url && { channels_url: at(channels_url) }) }
  if (sdkProgress.mayKeep) location.reload()
  else if (sdkProgress.hasBegun) tell('ready')
  else if (window.IMP) void start(sdk, tell)
  else load(sdk, tell)
}

function load(sdk: Sdk, tell: Tell): void {
  const script = document.createElement('script')
  const settle = () => {
    clearTimeout(timer)
    script.onload = script.onerror = null
    if (window.IMP) void start(sdk, tell)
    else {
      script.remove()
      tell('blocked')
    }
  }
  const timer = setTimeout(settle, patienceMs)
  script.onload = script.onerror = settle
  script.fetchPriority = 'low'
  script.src = sdk.url
  document.head.append(script)
}

async function start({ user_code, tier, channels_url }: Sdk, tell: Tell): Promise<void> {
  // The SDK asks the same synchronously: where no answer comes, the whole page would stand still with it.
  if (channels_url && (await isSilent(channels_url))) return tell('blocked')
  loadChannels(
    // A sub-merchant is announced instead of `init`: agency() starts the SDK for its tier.
    () => (tier ? window.IMP?.agency(user_code, tier) : window.IMP?.init(user_code)),
    (state) => {
      sdkProgress.hasBegun = state === 'ready'
      tell(state)
    },
  )
}

/** Any answer is one, also a refusal or a network that is gone: those the SDK hears, too. */
const isSilent = (url: string): Promise<boolean> =>
  fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(patienceMs) }).then(
    () => false,
    ({ name }) => name === 'TimeoutError',
  )
