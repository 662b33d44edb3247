// A mock i'mport, written after its documentation: payment windows, other payments, notices and the REST API.
import { createRecords, type Entry, type Origin, type Records, refund, type WirePayment } from './records.ts'
import { type Account, type Call, createRest, type Fault } from './rest.ts'
import { createSubscriptions, type Subscriptions } from './subscribe.ts'

/** Parameters of `IMP.request_pay`. */
export type Params = Record<string, unknown>

export interface OpenedBy {
  /** `user_code` passed to `IMP.init`. */
  account: string
  origin: Origin
  permittedUntil: number
}

export interface Approval {
  /** Drops the notice. */
  lost?: boolean
  /** Calls the payment's `confirm_url` first, if any. */
  confirm?: boolean
}

export interface UpstreamOptions {
  accounts: readonly Account[]
  /** The true time in ms. */
  now: () => number
  /** How far i'mport's own clock is ahead of the true time. */
  skewMs: number
  post: (url: string, body: unknown) => Promise<{ status: number }>
}

export interface Upstream extends Records {
  calls: Call[]
  faults: Fault[]
  charge: Subscriptions['charge']
  handle(request: Request): Promise<Response>
  seconds(): number
  /** `IMP.request_pay`. @returns the payment, or why the window does not open */
  open(
    params: Params,
    by: OpenedBy,
    fields?: Partial<WirePayment>,
    checked?: boolean,
  ): Entry | { refused: string }
  /** Pays outside the edge's windows: the shop's own checkout, the console or a recurring charge. */
  payElsewhere(fields: Partial<WirePayment> & { merchant_uid: string; amount: number }): Entry
  approve(entry: Entry, approval?: Approval): Promise<boolean>
  fail(entry: Entry, why?: string): void
  issueAccount(entry: Entry, dueAt: number, approval?: Approval): Promise<void>
  /** Refunds by the shop, in the console or through the API. */
  refund(entry: Entry, options?: { amount?: number; notice?: boolean }): Promise<void>
}

export function createUpstream({ accounts, now, skewMs, post }: UpstreamOptions): Upstream {
  const seconds = () => Math.floor((now() + skewMs) / 1000)
  const records = createRecords(seconds)
  const calls: Call[] = []
  const faults: Fault[] = []
  const subscriptions = createSubscriptions(records, seconds)
  const handle = createRest({ records, subscriptions, accounts, seconds, calls, faults })
  const shop = accounts[0]?.user_code ?? ''

  const isPaid = (account: string, merchantUid: string) =>
    records.entries.some(
      ({ account: own, wire }) =>
        own === account && wire.merchant_uid === merchantUid && wire.status === 'paid',
    )

  async function notify({ wire, noticeUrls }: Entry): Promise<void> {
    const body = { imp_uid: wire.imp_uid, merchant_uid: wire.merchant_uid, status: wire.status }
    for (const url of noticeUrls) await post(url, body)
  }

  return {
    ...records,
    calls,
    faults,
    charge: subscriptions.charge,
    handle,
    seconds,

    open(params, { account, origin, permittedUntil }, fields = {}, checked = true) {
      const merchant_uid = String(params.merchant_uid)
      const amount = fields.amount ?? Number(params.amount)
      const prepared = records.prepared.get(`${account} ${merchant_uid}`)
      if (checked && prepared && prepared.amount !== amount)
        return { refused: 'the amount is not the prepared one' }
      if (checked && isPaid(account, merchant_uid))
        return { refused: 'F1002 이미 결제가 이루어진 거래건입니다.' }
      const { notice_url, confirm_url, custom_data } = params
      const entry = records.add(account, origin, now(), {
        pay_method: String(params.pay_method ?? 'card'),
        name: String(params.name ?? ''),
        currency: String(params.currency ?? 'KRW'),
        custom_data: custom_data === undefined ? null : JSON.stringify(custom_data),
        pg_provider: String(params.pg ?? 'html5_inicis').split('.')[0] ?? '',
        ...fields,
        merchant_uid,
        amount,
      })
      entry.permittedUntil = permittedUntil
      entry.noticeUrls = (Array.isArray(notice_url) ? notice_url : [notice_url]).filter(isText)
      entry.confirmUrl = isText(confirm_url) ? confirm_url : null
      return entry
    },

    payElsewhere(fields) {
      const entry = records.add(shop, 'elsewhere', now(), { status: 'paid', paid_at: seconds(), ...fields })
      entry.approvedAt = now()
      return entry
    },

    async approve(entry, { lost = false, confirm = true } = {}) {
      const { wire } = entry
      if (confirm && entry.confirmUrl) {
        const { imp_uid, merchant_uid, amount } = wire
        const { status } = await post(entry.confirmUrl, { imp_uid, merchant_uid, amount })
        if (status !== 200) {
          this.fail(entry, '고객사 요청에 의해 결제를 중단합니다.')
          return false
        }
      }
      entry.approvedAfterFailure = wire.status === 'failed'
      entry.hidden = false
      entry.approvedAt = now()
      Object.assign(wire, { status: 'paid', paid_at: seconds(), failed_at: 0, fail_reason: null })
      wire.receipt_url ??= `https://receipt.example/${wire.imp_uid}`
      if (!lost) await notify(entry)
      return true
    },

    fail(entry, why = '카드 한도 초과') {
      entry.hidden = false
      Object.assign(entry.wire, { status: 'failed', failed_at: seconds(), fail_reason: why })
    },

    async issueAccount(entry, dueAt, { lost = false } = {}) {
      entry.hidden = false
      Object.assign(entry.wire, {
        pay_method: 'vbank',
        status: 'ready',
        vbank_name: '국민은행',
        vbank_num: '56211102939492',
        vbank_holder: '상점',
        vbank_date: Math.floor((dueAt + skewMs) / 1000),
        vbank_issued_at: seconds(),
      })
      if (!lost) await notify(entry)
    },

    async refund(entry, { amount, notice = false } = {}) {
      const why = refund(entry, 'shop', { amount, account: 'the customer’s', reason: '고객 요청' }, seconds())
      if (why) throw new Error(why)
      if (notice) await notify(entry)
    },
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
