// A mailbox preview with one message of each kind, channel and language.
import type { Language } from '../../src/contract/language.ts'
import type { Link, LinkPayment } from '../../src/edge/domain/links/link.ts'
import type { MessageKind } from '../../src/edge/domain/messages/message.ts'
import { composeMail } from '../../src/edge/features/messages/compose-mail.ts'
import { composeText } from '../../src/edge/features/messages/compose-text.ts'
import { createMessagePreview, type MessagePreview } from '../../src/edge/features/messages/preview.ts'

const shop = { user_code: 'imp1', imp_key: 'k', imp_secret: 's', contact: '02-0000-0000' }
const merchant = { ...shop, name: { ko: '다리 상점', en: 'Dari Shop' } }

export async function fillShelf(
  now: number,
  kinds: MessageKind[] = ['receipt', 'reminder', 'link'],
): Promise<MessagePreview> {
  const shelf = createMessagePreview(() => now)
  for (const language of ['en', 'ko'] as const)
    for (const kind of kinds) {
      const link = aLink(language, kind === 'receipt', now)
      const source = {
        kind,
        language,
        seller: null,
        path: link.id,
        link,
        merchant,
        publicUrl: 'https://pay.shop.kr',
      }
      await shelf.smsSender.send(composeText(source, `msg-${kind}-phone-${language}`, '+821012345678'))
      await shelf.mailer.send(composeMail(source, `msg-${kind}-email-${language}`, 'hong@example.com'))
    }
  return shelf
}

function aLink(language: Language, isPaid: boolean, now: number): Link {
  const payment: LinkPayment = {
    imp_uid: 'imp_1',
    pay_method: 'card',
    method_key: 'm1',
    gateway: 'listed',
    late: false,
    paid_at: now,
    returned: 0,
    receipt_url: null,
    deposit: null,
  }
  return {
    id: '8kq2m4x7r0vbn3tz5w',
    user_code: 'imp1',
    tier: '',
    merchant_uid: 'order-20261120-07',
    title: '다리 상점',
    name: language === 'ko' ? '드립백 커피 10개입' : 'Drip bags, box of 10',
    amount: 10_000,
    currency: 'KRW',
    tax_free: null,
    language: null,
    display_language: null,
    buyer: { name: null, tel: null, addr: null, email: null, postcode: null },
    custom_data: null,
    notice_url: null,
    methods: [{ key: 'm1', label: { ko: '신용카드', en: 'Card' }, pay_method: 'card' }],
    direct: false,
    expires_at: now + 86_400_000,
    status: isPaid ? 'paid' : 'open',
    move_id: 'm',
    content_hash: '',
    created_at: now,
    ended_at: null,
    payment: isPaid ? payment : null,
  }
}
