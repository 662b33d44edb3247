// A shop whose links send messages, and a record of all sent messages.

import type { MessageRequest } from '../../src/edge/features/messages/message-request.ts'
import { planMessages } from '../../src/edge/features/messages/plan-messages.ts'
import { sendDueMessages } from '../../src/edge/features/messages/send-due.ts'
import type { Mail, SendResult, TextMessage } from '../../src/edge/platform/ports/messaging.ts'
import { queries } from '../../src/edge/store/sql/tables.ts'
import { createStore } from '../../src/edge/store/store.ts'
import { aLink } from '../edge/support/builders.ts'
import { openShop, start } from '../edge/support/shop.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

export function aMessageRequest(differences: Partial<MessageRequest> = {}): MessageRequest {
  return {
    email: 'hong@example.com',
    language: 'ko',
    send: { at: start },
    remind: undefined,
    receipt: true,
    ...differences,
  }
}

type Given = Parameters<typeof openShop>[0]

export function openMessageShop(given: Given = {}) {
  const mails: Mail[] = []
  const texts: TextMessage[] = []
  /** The transports' result from now on. */
  const answers: { sent: SendResult | (() => Promise<SendResult>) } = { sent: { ok: true } }
  const answer = () => (typeof answers.sent === 'function' ? answers.sent() : Promise.resolve(answers.sent))
  const shop = openShop({
    ...given,
    parts: {
      mailer: {
        send(mail) {
          mails.push(mail)
          return answer()
        },
      },
      smsSender: {
        reaches: () => true,
        send(text) {
          texts.push(text)
          return answer()
        },
      },
      ...given.parts,
    },
  })
  const store = createStore(shop.database)
  let links = 0
  return {
    ...shop,
    store,
    mails,
    texts,
    answers,
    send: () => sendDueMessages(shop.deps),
    /** Creates a link with these message options for its customer. */
    async offer(
      request: MessageRequest | null = aMessageRequest(),
      differences: Parameters<typeof aLink>[0] = {},
    ) {
      links += 1
      const made = {
        id: String(links).padStart(18, '0'),
        move_id: `made${links}`,
        merchant_uid: `order-${links}`,
      }
      const link = aLink({
        ...made,
        created_at: shop.clock.now,
        expires_at: start + 30 * day,
        ...differences,
      })
      const messages = await planMessages(shop.deps.settings, request ?? undefined, link, shop.clock.now)
      if (!(await store.insertLink(link, undefined, [], undefined, messages)))
        throw new Error('the link was not made')
      return link
    },
    /** Pays the link through i'mport. */
    async pay({ id, merchant_uid }: { id: string; merchant_uid: string }) {
      await shop.letCustomerIn(id, merchant_uid)
      const payment = shop.iamport.pay({ imp_uid: `imp_${merchant_uid}`, merchant_uid })
      await shop.settle(id, payment.imp_uid)
      return payment
    },
    rows: () => shop.database.all(queries.selectFrom('messages').selectAll().orderBy('id').compile()),
  }
}

export type MessageShop = ReturnType<typeof openMessageShop>
