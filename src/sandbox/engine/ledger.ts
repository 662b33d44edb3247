import type { Channel } from './channels.ts'
import type { Order } from './order.ts'
import type { Payment, Status } from './payment.ts'
import type { WindowMode } from './window-modes.ts'

/** A payment and the window that it was opened in. */
export interface Attempt {
  /** unguessable; grants access to the payment window */
  readonly windowKey: string
  readonly order: Order
  readonly channel: Channel
  readonly windowMode: WindowMode
  /** of the merchant's page; the result is posted to this origin only */
  readonly origin: string
  /** order of creation; breaks ties in sorting */
  readonly sequence: number
  payment: Payment
  updatedAt: number
  /** set by the first button press; later presses await the same promise */
  decision: Promise<void> | null
}

export const sortings = ['-started', 'started', '-paid', 'paid', '-updated', 'updated'] as const
export type Sorting = (typeof sortings)[number]

const maxAttempts = 10_000

/** In-memory store of attempts; the oldest is evicted first. */
export class Ledger {
  readonly #byUid = new Map<string, Attempt>()
  readonly #byKey = new Map<string, Attempt>()
  #sequence = 0

  add(attempt: Omit<Attempt, 'sequence' | 'updatedAt' | 'decision'>, now: number): Attempt {
    this.#sequence += 1
    const added: Attempt = { ...attempt, sequence: this.#sequence, updatedAt: now, decision: null }
    this.#byUid.set(added.payment.imp_uid, added)
    this.#byKey.set(added.windowKey, added)
    if (this.#byUid.size > maxAttempts) this.#evictOldest()
    return added
  }

  update(attempt: Attempt, payment: Payment, now: number): void {
    attempt.payment = payment
    attempt.updatedAt = now
  }

  find(impUid: string): Attempt | undefined {
    return this.#byUid.get(impUid)
  }

  findByWindowKey(windowKey: string): Attempt | undefined {
    return this.#byKey.get(windowKey)
  }

  list(
    filter: { merchantUid?: string; status?: Status | undefined },
    sorting: Sorting = '-started',
  ): Attempt[] {
    const { merchantUid, status } = filter
    return [...this.#byUid.values()]
      .filter(({ payment }) => merchantUid === undefined || payment.merchant_uid === merchantUid)
      .filter(({ payment }) => status === undefined || payment.status === status)
      .sort(compareBy(sorting))
  }

  #evictOldest(): void {
    const [oldest] = this.#byUid.values()
    if (oldest === undefined) return
    this.#byUid.delete(oldest.payment.imp_uid)
    this.#byKey.delete(oldest.windowKey)
  }
}

function compareBy(sorting: Sorting): (a: Attempt, b: Attempt) => number {
  const direction = sorting.startsWith('-') ? -1 : 1
  const time = (attempt: Attempt): number => {
    if (sorting.endsWith('started')) return attempt.payment.started_at
    return sorting.endsWith('paid') ? attempt.payment.paid_at : attempt.updatedAt
  }
  return (a, b) => direction * (time(a) - time(b) || a.sequence - b.sequence)
}
