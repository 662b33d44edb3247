// The sandbox's transports: keep messages in memory for the preview instead of sending them.
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

const maxMessages = 200

export function createMessagePreview(now: () => number): MessagePreview {
  const messages: PreviewedMessage[] = []
  const save = async (message: PreviewedMessage) => {
    messages.unshift(message)
    messages.splice(maxMessages)
    return { ok: true as const }
  }
  return {
    mailer: { send: (mail) => save({ at: now(), channel: 'email', ...mail }) },
    smsSender: {
      reaches: () => true,
      send: (message) => save({ at: now(), channel: 'phone', ...message }),
    },
    list: () => [...messages],
  }
}
