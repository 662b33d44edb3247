// The payment SDK: the only third-party script on the page. Fetched after first paint, never awaited by it.
import type { Checkout } from '../../contract/checkout.ts'
import type { OpenLink } from '../../contract/link-view.ts'
import type { RequestPayResponse } from '../../contract/request-pay.ts'

interface Imp {
  init(userCode: string): void
  agency(userCode: string, tier: string): void
  request_pay(params: Checkout['params'], callback: (response?: RequestPayResponse) => void): void
}

declare global {
  interface Window {
    IMP?: Imp
  }
}

/** A script that is neither here nor refused by then is taken for blocked. */
const patienceMs = 15_000

let begun = false

/** Loads and starts the SDK once. A failed load can be tried again; a second `init` would reload its frames. */
export function loadSdk(sdk: OpenLink['sdk'], tell: (state: 'ready' | 'blocked') => void): void {
  if (begun) {
    tell('ready')
    return
  }
  const script = document.createElement('script')
  const timer = setTimeout(() => fail(), patienceMs)
  const fail = () => {
    clearTimeout(timer)
    script.onload = script.onerror = null
    script.remove()
    tell('blocked')
  }
  script.onload = () => {
    clearTimeout(timer)
    try {
      // A sub-merchant is announced instead of `init`: agency() starts the SDK for its tier.
      if (sdk.tier) window.IMP?.agency(sdk.user_code, sdk.tier)
      else window.IMP?.init(sdk.user_code)
      begun = window.IMP !== undefined
    } catch {
      // The real one asks for its channels here, and a network that blocks that makes it throw.
    }
    if (begun) tell('ready')
    else fail()
  }
  script.onerror = fail
  script.fetchPriority = 'low'
  script.src = sdk.url
  document.head.append(script)
}

/**
 * Opens the payment window, in the same call as the customer's press. The SDK writes into what it is
 * given, so it gets a copy. Its answer carries an id and nothing else that is believed.
 */
export function openWindow({ params }: Checkout, returned: (impUid: string | undefined) => void): void {
  try {
    window.IMP?.request_pay(structuredClone(params), (response) => returned(response?.imp_uid ?? undefined))
  } catch {
    returned(undefined)
  }
}
