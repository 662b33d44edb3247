// Pure: failures of the SDK before a payment window opens, as the page reports them.
import type { LinkMethod } from '../links/link.ts'

/**
 * What the SDK 1.5.0 calls a failure of the shop's set-up or of the provider; SDK_ERROR is the page's own word for an
 * SDK that threw. The merchant is told of these alone, so a stranger cannot cause more events than there are codes.
 */
export const windowFailureCodes = ['NOT_READY', 'F400', 'F500', 'F1001', 'SDK_ERROR'] as const

export type WindowFailureCode = (typeof windowFailureCodes)[number]

export const findFailureCode = (code: string): WindowFailureCode | undefined =>
  windowFailureCodes.find((known) => known === code)

/** The method whose window did not open; its gateway as the merchant named it. */
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
