// A model of i'mport that records everything, including past states and the refunds that Dari requested. Its
// responses can be stale, truncated, refused or missing.
import { type Attempt, moneyIn, type Payment } from './attempt.ts'
import type { Clock } from './clock.ts'
import { createRest } from './iamport-rest.ts'
import type { Window } from './windows.ts'

export type Started = Pick<
  Payment,
  'merchant_uid' | 'amount' | 'currency' | 'pay_method' | 'sandbox' | 'name' | 'custom_data' | 'channel'
>

/** In `lost` and `cut` i'mport acts, but the response is missing or truncated. */
export const faultKinds = ['fine', 'reset', 'lost', 'error', 'cut', 'refused', 'unauthorized'] as const
export type FaultKind = (typeof faultKinds)[number]

const depositMs = 2 * 60 * 60 * 1000

export type IamportModel = ReturnType<typeof createIamportModel>

export function createIamportModel(clock: Clock) {
  const attempts: Attempt[] = []
  /** In order of approval. */
  const approved: Attempt[] = []
  /** Refunds by the merchant that the edge has not found yet. */
  const refunded = new Set<Attempt>()
  const byId = new Map<string, Attempt>()
  const network = {
    faults: [] as FaultKind[],
    /** By how many changes the responses about payments are stale. */
    staleBy: 0,
    /** The calling process is dead and sends nothing more. */
    isDown: false,
  }
  const seconds = () => Math.floor((clock.now + clock.skew) / 1000)

  function change(attempt: Attempt, changes: Partial<Payment>): void {
    attempt.past.push(attempt.payment)
    attempt.payment = { ...attempt.payment, ...changes }
  }

  const records = {
    attempts,
    find: (imp_uid: string) => byId.get(imp_uid),
    /** The payment as i'mport reports it, possibly stale. */
    reported: ({ payment, past }: Attempt) =>
      network.staleBy > 0 ? (past.at(-network.staleBy) ?? payment) : payment,
    cancel(attempt: Attempt): void {
      const { amount } = attempt.payment
      change(attempt, { status: 'cancelled', cancel_amount: amount, cancelled_at: seconds() })
    },
  }
  const rest = createRest(records)

  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (network.isDown) throw new TypeError('the calling process is dead')
    const fault = network.faults.shift() ?? 'fine'
    if (fault === 'reset') throw new TypeError('connection reset')
    if (fault === 'error') return new Response('<html>503</html>', { status: 503 })
    if (fault === 'refused') return rest.refuse(200)
    if (fault === 'unauthorized') return rest.revokeTokens()
    const answer = rest.answer(new URL(String(input)), init)
    if (fault === 'lost') throw new TypeError('socket hang up')
    if (fault !== 'cut') return answer
    const whole = await answer.text()
    return new Response(whole.slice(0, whole.length / 2), { status: answer.status })
  }

  /** Opens a payment window, which makes a `ready` payment at i'mport. */
  function start(store: string, started: Started, window?: Window, agoMs = 0): Attempt {
    const payment: Payment = {
      imp_uid: `imp_${attempts.length + 1}`,
      status: 'ready',
      cancel_amount: 0,
      pg_provider: 'html5_inicis',
      pg_id: 'INIpayTest',
      started_at: seconds() - agoMs / 1000,
      paid_at: 0,
      cancelled_at: 0,
      vbank_num: null,
      vbank_name: null,
      vbank_date: 0,
      vbank_issued_at: 0,
      fail_reason: null,
      ...started,
    }
    const attempt: Attempt = {
      payment,
      past: [],
      store,
      window,
      startedAt: clock.now - agoMs,
      startedIn: clock.scene,
      approved: undefined,
      failedIn: undefined,
      accountIn: undefined,
      refundedAt: undefined,
    }
    attempts.push(attempt)
    byId.set(payment.imp_uid, attempt)
    return attempt
  }

  function receive(attempt: Attempt, agoMs: number): void {
    change(attempt, { status: 'paid', paid_at: seconds() - agoMs / 1000 })
    attempt.approved = { at: clock.now - agoMs, scene: clock.scene }
    approved.push(attempt)
  }

  /** Refunds in i'mport's console, without a notice. */
  function refund(attempt: Attempt, part: number): void {
    const back = attempt.payment.cancel_amount + Math.ceil(moneyIn(attempt) * part)
    change(attempt, { status: 'cancelled', cancel_amount: back, cancelled_at: seconds() })
    attempt.refundedAt = clock.now
    refunded.add(attempt)
  }

  const status = ({ payment }: Attempt) => payment.status
  const isUndecided = (attempt: Attempt) => status(attempt) === 'ready' || status(attempt) === 'pending'
  const hasAccount = ({ payment }: Attempt) => payment.vbank_num !== null
  const mayFail = (attempt: Attempt) => isUndecided(attempt) && !hasAccount(attempt)
  const hasMoney = (attempt: Attempt) => moneyIn(attempt) > 0

  function refuse(attempt: Attempt, fail_reason: string): void {
    change(attempt, { status: 'failed', fail_reason })
    attempt.failedIn = clock.scene
  }

  /** Approves; for a virtual account issues the account first, then deposits. */
  function approve(attempt: Attempt, agoMs = 0): void {
    if (attempt.payment.pay_method !== 'vbank' || hasAccount(attempt)) {
      receive(attempt, agoMs)
      return
    }
    const issued = { vbank_num: '5620', vbank_name: '신한은행', vbank_issued_at: seconds() }
    change(attempt, { status: 'ready', ...issued, vbank_date: seconds() + depositMs / 1000 })
    attempt.accountIn = clock.scene
  }

  /** Events of an attempt, and when each is possible. */
  const acts = {
    approve: { may: isUndecided, act: (attempt: Attempt) => approve(attempt) },
    decline: { may: mayFail, act: (attempt: Attempt) => refuse(attempt, '한도초과') },
    leave: { may: mayFail, act: (attempt: Attempt) => refuse(attempt, '사용자 결제 취소') },
    /** An undocumented status. */
    makePending: { may: mayFail, act: (attempt: Attempt) => change(attempt, { status: 'pending' }) },
    /** A few gateways approve after a failure. */
    approveAfterFailure: {
      may: (attempt: Attempt) => status(attempt) === 'failed' && attempt.payment.pay_method === 'card',
      act: (attempt: Attempt) => receive(attempt, 0),
    },
    /** An unpaid account closed in i'mport's console. */
    closeAccount: {
      may: (attempt: Attempt) => isUndecided(attempt) && hasAccount(attempt),
      act: (attempt: Attempt) => change(attempt, { status: 'cancelled', cancelled_at: seconds() }),
    },
    refundHalf: { may: hasMoney, act: (attempt: Attempt) => refund(attempt, 0.5) },
    refundAll: { may: hasMoney, act: (attempt: Attempt) => refund(attempt, 1) },
  }

  const { cancelled } = rest
  return {
    fetch,
    network,
    attempts,
    approved,
    refunded,
    cancelled,
    find: records.find,
    start,
    approve,
    refuse,
    acts,
  }
}
