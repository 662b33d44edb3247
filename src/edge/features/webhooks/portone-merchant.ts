import { findMerchant, type Merchant } from '../../config/merchants.ts'

/** A merchant with credentials for the global API. */
export type PortoneMerchant = Merchant & { portone_key: string; portone_secret: string }

/** The client key is public: it is part of every request and webhook. */
export function findByKey(merchants: readonly Merchant[], key: string): PortoneMerchant | undefined {
  return speaksGlobal(merchants.find(({ portone_key }) => portone_key === key))
}

export function findByUser(merchants: readonly Merchant[], userCode: string): PortoneMerchant | undefined {
  return speaksGlobal(findMerchant(merchants, userCode))
}

function speaksGlobal(merchant: Merchant | undefined): PortoneMerchant | undefined {
  const { portone_key, portone_secret } = merchant ?? {}
  return merchant && portone_key && portone_secret ? { ...merchant, portone_key, portone_secret } : undefined
}
