// What the page in a shop's frame and the shop's loader say to each other.

/** How the page ended, or did not. The screen that the customer sees has the same name. */
export const resultStatuses = [
  'paid',
  'awaiting_deposit',
  'declined',
  'cancelled',
  'rejected',
  'refunded',
  'disabled',
  'expired',
  'paid_elsewhere',
  'unknown',
  'not_found',
] as const

export type ResultStatus = (typeof resultStatuses)[number]

/** From the frame, to the shop's exact origin. */
export type FrameMessage =
  /** The page is this high, in CSS pixels. */
  | { dari: 'size'; height: number }
  /** A payment window lies in the frame, and needs more room than the page. */
  | { dari: 'window'; open: boolean }
  /** A hint to ask the shop's own server with, never proof. */
  | { dari: 'result'; link: string; status: ResultStatus }

/** Name of a frame whose shop lets the customer go on from it to the seller's site. */
export const onwardName = 'dari-onward'

/** What is not understood is nothing. */
export function readMessage(input: unknown): FrameMessage | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const said = input as Record<string, unknown>
  switch (said.dari) {
    case 'size':
      return Number.isFinite(said.height) ? { dari: 'size', height: Number(said.height) } : undefined
    case 'window':
      return typeof said.open === 'boolean' ? { dari: 'window', open: said.open } : undefined
    case 'result': {
      const status = resultStatuses.find((known) => known === said.status)
      return status && typeof said.link === 'string' ? { dari: 'result', link: said.link, status } : undefined
    }
    default:
      return undefined
  }
}
