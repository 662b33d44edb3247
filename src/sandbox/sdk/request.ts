import { returnAddress } from '../return-address.ts'
import { type Device, isNewer, type WayHints } from '../ways.ts'

export interface Params extends WayHints {
  [name: string]: unknown
  request_id?: string
  merchant_uid?: string
  pg?: string
  channelKey?: string
  m_redirect_url?: string
  tier_code?: string
}

export type Callback = (result: Record<string, unknown>) => void

export interface Account {
  userCode: string
  tier: string | undefined
}

/** One call of `request_pay` on its way. */
export interface Request {
  id: string
  params: Params
  callback: Callback | undefined
  popup: Window | null
  /** stops watching the popup */
  release: () => void
}

/** Writes into the very object that the page passed, as upstream does; a careful page passes a copy. */
export function beginRequest(params: Params, callback: unknown, account: Account): Request {
  const now = Date.now()
  params.request_id = `req_${now}`
  params.merchant_uid ||= `nobody_${now}`
  params.pay_method ||= 'card'
  if (account.tier) params.tier_code = account.tier
  return {
    id: params.request_id,
    params,
    callback: typeof callback === 'function' ? (callback as Callback) : undefined,
    popup: null,
    release: () => undefined,
  }
}

export interface Failure {
  error_code: string
  error_msg: string
}

interface Place {
  device: Device
  base: URL
  provider: string
}

/** Reports that no window opened. Without a callback a phone leaves the page to say so. */
export function reportFailure({ params, callback }: Request, failure: Failure, place: Place): void {
  const merchant_uid = params.merchant_uid ?? ''
  const isClassic = !isNewer(place.provider)
  const { error_msg } = failure
  if (callback) {
    callback({ ...(isClassic ? { success: false, imp_uid: null } : {}), merchant_uid, ...failure })
  } else if (place.device === 'pc') {
    alert(error_msg)
  } else {
    const result = isClassic ? { imp_success: 'false', error_msg } : { ...failure }
    const address = params.m_redirect_url ?? new URL('window/fail', place.base).href
    location.href = returnAddress(address, { imp_uid: '', merchant_uid, ...result })
  }
}
