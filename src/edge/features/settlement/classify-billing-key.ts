// Pure: decides whether a billing key at i'mport was issued through this link.

import type { Registration } from '../../domain/links/link.ts'
import type { BillingKey } from '../../iamport/billing-key.ts'

/** Changes whenever the key is issued anew; '' means no key. Contains no card data. */
export function fingerprintOf(key: BillingKey | null): string {
  return key ? `${key.inserted} ${key.updated} ${key.pg_provider}.${key.pg_id}` : ''
}

/**
 * `new`: the key differs from the one that i'mport held before the first customer was admitted. Compares
 * fingerprints instead of times, because i'mport's clock may differ from ours.
 */
export function classifyBillingKey(
  { before }: Pick<Registration, 'before'>,
  key: BillingKey | null,
): 'none' | 'older' | 'new' {
  if (!key) return 'none'
  return before === null || before === fingerprintOf(key) ? 'older' : 'new'
}

/** Unix milliseconds. */
export const issuedAt = ({ inserted, updated }: BillingKey): number => Math.max(inserted, updated) * 1000
