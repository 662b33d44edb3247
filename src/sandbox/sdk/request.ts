import type { WayHints } from '../engine/window-modes.ts'

export interface Params extends WayHints {
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
export interface Request {
  params: Params
  callback: Callback | undefined
}

/** Writes into the very object that the page passed, as upstream does; a careful page passes a copy. */
export function stampParams(params: Params, { tier }: Account): string {
  const now = Date.now()
  const requestId = `req_${now}`
  params.merchant_uid ||= `nobody_${now}`
  params.pay_method ||= 'card'
  params.request_id = requestId
  params.tier_code = tier
  return requestId
}

/** On a phone a page that passes no callback is left to say that no window opened. */
export function leaveOnFailure({ m_redirect_url }: Params, base: URL): Callback {
  return ({ success, imp_uid, merchant_uid, error_msg }) => {
    if (success) return
    location.href = m_redirect_url
      ? resultAddress(m_redirect_url, { imp_uid, merchant_uid, imp_success: 'false', error_msg })
      : resultAddress(new URL('window/fail', base).href, { imp_uid, success: 'false', error_msg })
  }
}

/**
 * The flaws are upstream's: an address with two parameters gets the rest glued on without an `&`, and all of it
 * goes through `encodeURI` alone, so an `&` or `#` inside a message breaks the query.
 */
function resultAddress(address: string, result: Record<string, unknown>): string {
  const { protocol, host, pathname, search, hash } = new URL(address, location.href)
  const added = Object.entries(result)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
  const glue = search === '' ? '?' : search.includes('&') ? '' : '&'
  return encodeURI(`${protocol}//${host}${pathname}${search}${glue}${added}${hash}`)
}
