// Pure: does what i'mport holds under a name come from this link?

import type { Registration } from '../../domain/links/link.ts'
import type { BillingKey } from '../../iamport/billing-key.ts'

/** Differs for every key that was ever there under a name; '' stands for none. Nothing of the card is in it. */
export function fingerprintOf(key: BillingKey | null): string {
  return key ? `${key.inserted} ${key.updated} ${key.pg_provider}.${key.pg_id}` : ''
}

/**
 * `new`: it was not there when the first customer was let in. Whatever was there before the link let
 * anybody in proves nothing, and no clock is asked: i'mport's may differ from ours.
 */
export function classifyBillingKey(
  { before }: Pick<Registration, 'before'>,
  key: BillingKey | null,
): 'none' | 'older' | 'new' {
  if (!key) return 'none'
  return before === null || before === fingerprintOf(key) ? 'older' : 'new'
}

/** When it came to be, in unix milliseconds. */
export const issuedAt = ({ inserted, updated }: BillingKey): number => Math.max(inserted, updated) * 1000
