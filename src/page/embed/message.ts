// Messages between the embedded page and the shop's loader.

/** Same names as the screens. */
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

/** Sent by the frame to the shop's exact origin. */
export type FrameMessage =
  /** Height of the page in CSS pixels. */
  | { dari: 'size'; height: number }
  /** A payment window opened or closed and needs the viewport. */
  | { dari: 'window'; open: boolean }
  /** A hint for the shop's server, not proof. */
  | { dari: 'result'; link: string; status: ResultStatus }

/** Name of a frame that may link to the seller's site. */
export const onwardName = 'dari-onward'

/** Undefined for unknown messages. */
export function readMessage(input: unknown): FrameMessage | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const message = input as Record<string, unknown>
  switch (message.dari) {
    case 'size':
      return Number.isFinite(message.height) ? { dari: 'size', height: Number(message.height) } : undefined
    case 'window':
      return typeof message.open === 'boolean' ? { dari: 'window', open: message.open } : undefined
    case 'result': {
      const status = resultStatuses.find((known) => known === message.status)
      return status && typeof message.link === 'string'
        ? { dari: 'result', link: message.link, status }
        : undefined
    }
    default:
      return undefined
  }
}
