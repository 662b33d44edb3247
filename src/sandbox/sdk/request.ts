import type { WindowModeHints } from '../engine/window-modes.ts'

export interface Params extends WindowModeHints {
  [name: string]: unknown
  request_id?: string
  merchant_uid?: string
  pg?: unknown
  channelKey?: unknown
  m_redirect_url?: string
  tier_code?: string | undefined
}

export type Callback = (result: Record<string, unknown>) => void

export interface Account {
  userCode: string
  tier: string | undefined
}

/** One call of `request_pay`. */
export interface PayRequest {
  params: Params
  callback: Callback | undefined
}

/** As upstream, mutates the caller's object. Returns the request id. */
export function completeParams(params: Params, { tier }: Account): string {
  const now = Date.now()
  const requestId = `req_${now}`
  params.merchant_uid ||= `nobody_${now}`
  params.pay_method ||= 'card'
  params.request_id = requestId
  params.tier_code = tier
  return requestId
}

/** Callback of a phone request without one: redirects when no window could be opened. */
export function redirectOnFailure({ m_redirect_url }: Params, base: URL): Callback {
  return ({ success, imp_uid, merchant_uid, error_msg }) => {
    if (success) return
    location.href = m_redirect_url
      ? failureUrl(m_redirect_url, { imp_uid, merchant_uid, imp_success: 'false', error_msg })
      : failureUrl(new URL('window/fail', base).href, { imp_uid, success: 'false', error_msg })
  }
}

/** Has upstream's bugs, see window/return-url.ts. */
function failureUrl(address: string, result: Record<string, unknown>): string {
  const { protocol, host, pathname, search, hash } = new URL(address, location.href)
  const added = Object.entries(result)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const separator = search === '' ? '?' : search.includes('&') ? '' : '&'
  return encodeURI(`${protocol}//${host}${pathname}${search}${separator}${added}${hash}`)
}
