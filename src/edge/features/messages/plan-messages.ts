// Plans the messages of a link. The store inserts them in the transaction that creates the link, so that both exist or
// neither.
import type { Settings } from '../../config/settings.ts'
import type { MessageChannel, NewMessage } from '../../domain/messages/message.ts'
import type { MessageRequest } from './message-request.ts'
import { hashRecipient } from './recipient-hash.ts'

/** The parts of the new link that planning needs. */
export interface PlannedLink {
  id: string
  /** Makes message ids unique per created link, also when creation is retried. */
  move_id: string
  expires_at: number
  /** Last part of its URL, if not its id. */
  path?: string
}

/** For `store.createLink`. The receipt has no due time until the transition to paid sets one. */
export async function planMessages(
  { tokenSecret }: Pick<Settings, 'tokenSecret'>,
  request: MessageRequest | undefined,
  link: PlannedLink,
  now: number,
): Promise<NewMessage[]> {
  if (!request) return []
  const { language, seller = null, send, remind } = request
  const schedule: Pick<NewMessage, 'kind' | 'due_at'>[] = [
    ...(send ? [{ kind: 'link' as const, due_at: Math.max(send.at, now) }] : []),
    ...(remind ? [{ kind: 'reminder' as const, due_at: link.expires_at - remind.before_ms }] : []),
    ...(request.receipt ? [{ kind: 'receipt' as const, due_at: null }] : []),
  ]
  const addresses: [MessageChannel, string | undefined][] = [
    ['email', request.email],
    ['phone', request.phone],
  ]
  const messages: NewMessage[] = []
  for (const [channel, address] of addresses) {
    if (!address) continue
    const recipient = await hashRecipient(tokenSecret, address)
    const common = {
      channel,
      language,
      address,
      recipient,
      seller,
      path: link.path ?? link.id,
      created_at: now,
    }
    for (const due of schedule)
      messages.push({ id: `msg-${link.move_id}-${due.kind}-${channel}`, ...due, ...common })
  }
  return messages
}
