// Pure: the global product's word for what a link is.
import type { LinkStatus } from '../../../contract/links/link-view.ts'

export const portoneStatuses = ['Created', 'Processing', 'Success', 'Expired', 'Cancelled'] as const
export type PortoneStatus = (typeof portoneStatuses)[number]

/**
 * Upstream's "Payment Link Lifecycle": `Processing` is for ways to pay whose money comes later, which is
 * the account that waits for its deposit; a window that is merely open is still `Created`. `Success` is the
 * end of a link, whatever becomes of the money: a refund is an event of its own.
 */
export function portoneStatusOf(status: LinkStatus): PortoneStatus {
  switch (status) {
    case 'open':
      return 'Created'
    case 'awaiting_deposit':
      return 'Processing'
    case 'paid':
    case 'refunded':
      return 'Success'
    case 'expired':
      return 'Expired'
    case 'disabled':
      return 'Cancelled'
  }
}
