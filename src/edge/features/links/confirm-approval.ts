// Pure: i'mport's "confirm process" before an approval. The gateway's window shows the reasons to the customer.
import { parseAmount } from '../../../contract/money/money.ts'
import type { Link } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'

export function confirmApproval(
  link: Link,
  request: { merchant_uid: string; amount: unknown },
  now: number,
): { ok: true } | { ok: false; reason: string } {
  const status = statusOf(link, now)
  if (status === 'paid' || link.paid_elsewhere) return { ok: false, reason: '이미 결제된 주문' }
  if (status === 'expired') return { ok: false, reason: '결제 기한이 지난 주문' }
  if (status !== 'open') return { ok: false, reason: '결제할 수 없는 주문' }
  if (request.merchant_uid !== link.merchant_uid) return { ok: false, reason: '주문번호 불일치' }
  const amount = parseAmount(request.amount, link.currency)
  if (!amount.ok || amount.minor !== link.amount) return { ok: false, reason: '결제 금액 불일치' }
  return { ok: true }
}
