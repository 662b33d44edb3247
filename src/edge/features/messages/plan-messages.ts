// Which messages a wish means, and when. The store writes them in the batch that makes the link: a link that was
// not made sends nothing, and one that was made sends all of it.
import type { Settings } from '../../config/settings.ts'
import type { MessageChannel, NewMessage } from '../../domain/messages/message.ts'
import type { MessageRequest } from './message-request.ts'
import { hashRecipient } from './recipient-hash.ts'

/** What planning needs to know of the new link. */
export interface PlannedLink {
  id: string
  /** Of the write that makes it: each link's messages are its own, also when a race is run again. */
  move_id: string
  expires_at: number
  /** Last part of its URL, where that is not its id. */
  path?: string
}

/**
 * Give the result to `store.createLink`. The receipt is planned, too: it is woken by the batch that moves the link
 * to paid, and not before.
 */
export async function planMessages(
  { tokenSecret }: Pick<Settings, 'tokenSecret'>,
  wish: MessageRequest | undefined,
  link: PlannedLink,
  now: number,
): Promise<NewMessage[]> {
  if (!wish) return []
  const { language, seller = null, send, remind } = wish
  const dues: Pick<NewMessage, 'kind' | 'due_at'>[] = [
    ...(send ? [{ kind: 'link' as const, due_at: Math.max(send.at, now) }] : []),
    ...(remind ? [{ kind: 'reminder' as const, due_at: link.expires_at - remind.before_ms }] : []),
    ...(wish.receipt ? [{ kind: 'receipt' as const, due_at: null }] : []),
  ]
  const addresses: [MessageChannel, string | undefined][] = [
    ['email', wish.email],
    ['phone', wish.phone],
  ]
  const messages: NewMessage[] = []
  for (const [channel, address] of addresses) {
    if (!address) continue
    const recipient = await hashRecipient(tokenSecret, address)
    const same = {
      channel,
      language,
      address,
      recipient,
      seller,
      path: link.path ?? link.id,
      created_at: now,
    }
    for (const due of dues)
      messages.push({ id: `msg-${link.move_id}-${due.kind}-${channel}`, ...due, ...same })
  }
  return messages
}
