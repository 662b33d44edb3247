// Pure: a link's status in the global API.
import type { LinkStatus } from '../../../contract/links/link-view.ts'

export const portoneStatuses = ['Created', 'Processing', 'Success', 'Expired', 'Cancelled'] as const
export type PortoneStatus = (typeof portoneStatuses)[number]

/**
 * Upstream's "Payment Link Lifecycle": `Processing` is for methods that are paid later, here a virtual account; an open
 * window is still `Created`. `Success` is final: a refund does not change it.
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
