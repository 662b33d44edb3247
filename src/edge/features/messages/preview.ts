// The sandbox's way of sending: what would have gone out is put on a shelf, and gone with the process.
import type { Mail, Mailer, SmsSender, TextMessage } from '../../platform/ports/messaging.ts'

export type PreviewedMessage = { at: number } & (
  | ({ channel: 'email' } & Mail)
  | ({ channel: 'phone' } & TextMessage)
)

export interface MessagePreview {
  mailer: Mailer
  smsSender: SmsSender
  /** Newest first. */
  list(): PreviewedMessage[]
}

const most = 200

export function createMessagePreview(now: () => number): MessagePreview {
  const kept: PreviewedMessage[] = []
  const keep = async (message: PreviewedMessage) => {
    kept.unshift(message)
    kept.splice(most)
    return { ok: true as const }
  }
  return {
    mailer: { send: (mail) => keep({ at: now(), channel: 'email', ...mail }) },
    smsSender: {
      reaches: () => true,
      send: (message) => keep({ at: now(), channel: 'phone', ...message }),
    },
    list: () => [...kept],
  }
}
