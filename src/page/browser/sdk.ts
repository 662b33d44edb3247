// The payment SDK, the only third-party script of the page. Loaded after first paint.
import type { Checkout } from '../../contract/links/checkout.ts'
import type { Sdk } from '../../contract/links/link-view.ts'
import type { RequestPayResponse } from '../../contract/links/request-pay.ts'
import { loadChannels, type SdkState } from './sdk-channels.ts'

interface Imp {
  init(userCode: string): void
  agency(userCode: string, tier: string): void
  request_pay(params: Checkout['params'], callback: (response?: RequestPayResponse) => void): void
  close?(): void
  /** Since 1.2.0: removes everything the SDK added to the page. */
  deinit?(): void
}

declare global {
  interface Window {
    IMP?: Imp
  }
}

type Report = (state: SdkState) => void

/** The SDK counts as blocked if it has neither loaded nor failed by then. */
const timeoutMs = 10_000

export interface SdkProgress {
  /** Channels are loaded; a second `init` would load them again. */
  isStarted: boolean
  /** The SDK may hold a queued request, which only a reload clears. */
  mayHoldRequest: boolean
}

export const sdkProgress: SdkProgress = { isStarted: false, mayHoldRequest: false }

/**
 * Loads and starts the SDK once. A failed attempt can be repeated.
 * @param base of the edge
 */
export function loadSdk(relative: Sdk, base: string, report: Report): void {
  const at = (url: string) => new URL(url, base).href
  const { url, channels_url } = relative
  const sdk = { ...relative, url: at(url), ...(channels_url && { channels_url: at(channels_url) }) }
  if (sdkProgress.mayHoldRequest) location.reload()
  else if (sdkProgress.isStarted) report('ready')
  else if (window.IMP) void start(sdk, report)
  else load(sdk, report)
}

function load(sdk: Sdk, report: Report): void {
  const script = document.createElement('script')
  const finish = () => {
    clearTimeout(timer)
    script.onload = script.onerror = null
    if (window.IMP) void start(sdk, report)
    else {
      script.remove()
      report('blocked')
    }
  }
  const timer = setTimeout(finish, timeoutMs)
  script.onload = script.onerror = finish
  script.fetchPriority = 'low'
  script.src = sdk.url
  document.head.append(script)
}

async function start({ user_code, tier, channels_url }: Sdk, report: Report): Promise<void> {
  // The SDK sends the same request synchronously and would freeze the page if it hangs.
  if (channels_url && (await timesOut(channels_url))) return report('blocked')
  loadChannels(
    // agency() starts the SDK for a sub-merchant instead of init().
    () => (tier ? window.IMP?.agency(user_code, tier) : window.IMP?.init(user_code)),
    (state) => {
      sdkProgress.isStarted = state === 'ready'
      report(state)
    },
  )
}

/** Only a timeout matters: the SDK handles refusals and network errors. */
const timesOut = (url: string): Promise<boolean> =>
  fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(timeoutMs) }).then(
    () => false,
    ({ name }) => name === 'TimeoutError',
  )
