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
 * merchant's `custom_data` has no room for a mark. `elsewhere`: any other payment.
 */
export type Origin = 'window' | 'unmarked' | 'elsewhere'

export interface Entry {
  wire: WirePayment
  /** `user_code` of the merchant. */
  account: string
  origin: Origin
  /** When the window opened and when the payment was approved; true time in ms. */
  openedAt: number
  approvedAt: number | null
  /** When its permission expired; true time in ms. */
  permittedUntil: number | null
  /** Not visible yet: the gateway has not told i'mport. */
  hidden: boolean
  /** Reported as failed before it was approved: no statement of the edge could be true at both times. */
  approvedAfterFailure: boolean
  noticeUrls: string[]
  confirmUrl: string | null
  /** Refunds, and who requested them. */
  cancels: { by: 'edge' | 'shop'; amount: number }[]
  /** Fields that replace the true ones in responses. */
  overrides: Record<string, unknown>
}

export interface Records {
  entries: Entry[]
  prepared: Map<string, { amount: number; currency: string | null }>
  find(impUid: string): Entry | undefined
  add(
    account: string,
    origin: Origin,
    openedAt: number,
    fields: Partial<WirePayment> & { merchant_uid: string; amount: number },
  ): Entry
}

export function createRecords(seconds: () => number): Records {
  const entries: Entry[] = []
  const byId = new Map<string, Entry>()
  return {
    entries,
    prepared: new Map(),
    find: (impUid) => byId.get(impUid),
    add(account, origin, openedAt, fields) {
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
        origin,
        openedAt,
        approvedAt: null,
        permittedUntil: null,
        hidden: false,
        approvedAfterFailure: false,
        noticeUrls: [],
        confirmUrl: null,
        cancels: [],
        overrides: {},
      }
      entries.push(entry)
      byId.set(wire.imp_uid, entry)
      return entry
    },
  }
}

/** @returns i'mport's error message, or undefined */
export function refund(
  { wire, cancels }: Entry,
  by: 'edge' | 'shop',
  request: {
    amount?: number | undefined
    checksum?: number | undefined
    reason?: string | undefined
    account?: string | undefined
  },
  seconds: number,
): string | undefined {
  const left = wire.amount - wire.cancel_amount
  const amount = request.amount || left
  if (wire.paid_at === 0) return '결제되지 않은 거래입니다.'
  if (left <= 0) return '이미 전액취소된 주문입니다.'
  if (request.checksum !== undefined && request.checksum !== left)
    return '취소 가능 금액이 일치하지 않습니다.'
  if (amount > left) return '취소 가능 금액을 초과하였습니다.'
  if (wire.pay_method === 'vbank' && !request.account) return '환불 계좌 정보가 필요합니다.'
  wire.cancel_amount += amount
  wire.cancelled_at = seconds
  if (wire.cancel_amount >= wire.amount) wire.status = 'cancelled'
  wire.cancel_history.push({
    pg_tid: `tid-${cancels.length}`,
    amount,
    cancelled_at: seconds,
    reason: request.reason ?? '',
    cancellation_id: `c-${wire.imp_uid}-${cancels.length}`,
  })
  cancels.push({ by, amount })
  return undefined
}
