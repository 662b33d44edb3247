// Pure: failures of the SDK before a payment window opens, as the page reports them.
import type { LinkMethod } from '../links/link.ts'

/**
 * Codes of SDK 1.5.0 for failures of the shop's configuration or of the provider; `SDK_ERROR` is the page's own code for
 * an exception in the SDK. Only these become events, which bounds the number of events a stranger can cause.
 */
export const windowFailureCodes = ['NOT_READY', 'F400', 'F500', 'F1001', 'SDK_ERROR'] as const

export type WindowFailureCode = (typeof windowFailureCodes)[number]

export const findFailureCode = (code: string): WindowFailureCode | undefined =>
  windowFailureCodes.find((known) => known === code)

/** The method whose window did not open; `pg` and `channelKey` as in the merchant's request. */
export interface WindowFailure {
  code: WindowFailureCode
  method: string
  pay_method: string
  pg: string | null
  channelKey: string | null
}

export function windowFailureOf(code: WindowFailureCode, method: LinkMethod): WindowFailure {
  const { key, pay_method, pg = null, channelKey = null } = method
  return { code, method: key, pay_method, pg, channelKey }
}
