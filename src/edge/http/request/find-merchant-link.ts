import { isLinkId } from '../../../contract/links/link-id.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import type { Caller } from './authenticate.ts'

/** @returns undefined for links of other merchants or tiers (answered as 404) */
export async function findMerchantLink(
  context: AppContext,
  id: string,
  { merchant, tier }: Caller,
): Promise<Link | undefined> {
  const link = isLinkId(id) ? await context.store.findLink(id) : undefined
  if (!link) return undefined
  if (merchant && link.user_code !== merchant.user_code) return undefined
  return tier === undefined || tier === link.tier ? link : undefined
}
