// Pure: decides how a posted link relates to the order's earlier links. The latest link of an order wins.
import type { Link } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'

export type Succession =
  | { do: 'create'; older: Link | undefined }
  /** The same content: returns the same link. */
  | { do: 'reuse'; link: Link }
  | { do: 'refuse'; reason: 'paid' | 'awaiting_deposit' | 'registered'; link: Link }

export function decideSuccession(
  order: { link: Link; current: boolean }[],
  contentHash: string,
  now: number,
): Succession {
  const paid = order.find(({ link }) => link.status === 'paid')
  if (paid) return { do: 'refuse', reason: 'paid', link: paid.link }
  const registered = order.find(({ link }) => statusOf(link, now) === 'registered')
  if (registered) return { do: 'refuse', reason: 'registered', link: registered.link }
  const older = order.find(({ current }) => current)?.link
  if (!older) return { do: 'create', older }
  const status = statusOf(older, now)
  const payable = status === 'open' || status === 'awaiting_deposit'
  if (payable && older.content_hash === contentHash) return { do: 'reuse', link: older }
  if (status === 'awaiting_deposit') return { do: 'refuse', reason: 'awaiting_deposit', link: older }
  return { do: 'create', older }
}
