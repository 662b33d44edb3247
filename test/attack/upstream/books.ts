// The mock i'mport's own records: the payments and refunds that really happened, independent of the edge.

/** Wire format (PaymentAnnotation); unix seconds, amounts in major units. */
export interface WirePayment {
  imp_uid: string
  merchant_uid: string
  status: string
  amount: number
  cancel_amount: number
  currency: string
  sandbox: boolean
  pay_method: string
  channel: 'pc' | 'mobile' | 'api'
  pg_provider: string
  pg_id: string
  name: string
  buyer_name: string | null
  custom_data: string | null
  started_at: number
  paid_at: number
  failed_at: number
  cancelled_at: number
  fail_reason: string | null
  receipt_url: string | null
  vbank_name: string | null
  vbank_num: string | null
  vbank_holder: string | null
  vbank_date: number
  vbank_issued_at: number
  customer_uid: string | null
  cancel_history: {
    pg_tid: string
    amount: number
    cancelled_at: number
    reason: string
    cancellation_id: string
  }[]
}

/**
 * `window`: through a window that the edge had permitted. `unmarked`: through such a window, where the
 * merchant's
 * `custom_data` has no room for a mark. `elsewhere`: any other payment.
 */
export type Way = 'window' | 'unmarked' | 'elsewhere'

export interface Entry {
  wire: WirePayment
  /** `user_code` of the merchant. */
  account: string
  way: Way
  /** When the window opened and when the payment was approved; true time in ms. */
  openedAt: number
  approvedAt: number | null
  /** When its permission expired; true time in ms. */
  permittedUntil: number | null
  /** Not visible yet: the gateway has not told i'mport. */
  hidden: boolean
  /** Reported as failed before it was approved: no statement of the edge could be true at both times. */
  turned: boolean
  noticeUrls: string[]
  confirmUrl: string | null
  /** Refunds, and who requested them. */
  cancels: { by: 'edge' | 'shop'; amount: number }[]
  /** Fields that replace the true ones in responses. */
  lies: Record<string, unknown>
}

export interface Books {
  entries: Entry[]
  prepared: Map<string, { amount: number; currency: string | null }>
  find(impUid: string): Entry | undefined
  add(
    account: string,
    way: Way,
    openedAt: number,
    fields: Partial<WirePayment> & { merchant_uid: string; amount: number },
  ): Entry
}

export function createBooks(seconds: () => number): Books {
  const entries: Entry[] = []
  const byId = new Map<string, Entry>()
  return {
    entries,
    prepared: new Map(),
    find: (impUid) => byId.get(impUid),
    add(account, way, openedAt, fields) {
      const wire: WirePayment = {
        imp_uid: `imp_${String(entries.length + 1).padStart(12, '0')}`,
        status: 'ready',
        cancel_amount: 0,
        currency: 'KRW',
        sandbox: false,
        pay_method: 'card',
        channel: 'pc',
        pg_provider: 'html5_inicis',
        pg_id: 'MOIshop001',
        name: 'The shop’s own order',
        buyer_name: null,
        custom_data: null,
        started_at: seconds(),
        paid_at: 0,
        failed_at: 0,
        cancelled_at: 0,
        fail_reason: null,
        receipt_url: null,
        vbank_name: null,
        vbank_num: null,
        vbank_holder: null,
        vbank_date: 0,
        vbank_issued_at: 0,
        customer_uid: null,
        cancel_history: [],
        ...fields,
      }
      const entry: Entry = {
        wire,
        account,
        way,
        openedAt,
        approvedAt: null,
        permittedUntil: null,
        hidden: false,
        turned: false,
        noticeUrls: [],
        confirmUrl: null,
        cancels: [],
        lies: {},
      }
      entries.push(entry)
      byId.set(wire.imp_uid, entry)
      return entry
    },
  }
}

/** @returns i'mport's error message, or undefined */
export function giveBack(
  { wire, cancels }: Entry,
  by: 'edge' | 'shop',
  wish: {
    amount?: number | undefined
    checksum?: number | undefined
    reason?: string | undefined
    account?: string | undefined
  },
  seconds: number,
): string | undefined {
  const left = wire.amount - wire.cancel_amount
  const amount = wish.amount || left
  if (wire.paid_at === 0) return '결제되지 않은 거래입니다.'
  if (left <= 0) return '이미 전액취소된 주문입니다.'
  if (wish.checksum !== undefined && wish.checksum !== left) return '취소 가능 금액이 일치하지 않습니다.'
  if (amount > left) return '취소 가능 금액을 초과하였습니다.'
  if (wire.pay_method === 'vbank' && !wish.account) return '환불 계좌 정보가 필요합니다.'
  wire.cancel_amount += amount
  wire.cancelled_at = seconds
  if (wire.cancel_amount >= wire.amount) wire.status = 'cancelled'
  wire.cancel_history.push({
    pg_tid: `tid-${cancels.length}`,
    amount,
    cancelled_at: seconds,
    reason: wish.reason ?? '',
    cancellation_id: `c-${wire.imp_uid}-${cancels.length}`,
  })
  cancels.push({ by, amount })
  return undefined
}
