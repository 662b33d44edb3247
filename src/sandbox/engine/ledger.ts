import type { Channel } from './channels.ts'
import type { Order } from './order.ts'
import type { Payment, Status } from './payment.ts'
import type { Way } from './window-modes.ts'

/** A payment together with what the sandbox remembers about its window. */
export interface Attempt {
  /** unguessable; whoever knows it may press the window's buttons */
  readonly key: string
  readonly order: Order
  readonly channel: Channel
  readonly way: Way
  /** of the merchant's page; the only one that gets the result posted */
  readonly origin: string
  readonly turn: number
  payment: Payment
  updatedAt: number
  /** set by the first press of a button; every later press waits for the same */
  decision: Promise<void> | null
}

export const sortings = ['-started', 'started', '-paid', 'paid', '-updated', 'updated'] as const
export type Sorting = (typeof sortings)[number]

const newest = 10_000

/** Everything that was ever opened, in memory, the oldest dropped first. */
export class Ledger {
  readonly #byUid = new Map<string, Attempt>()
  readonly #byKey = new Map<string, Attempt>()
  #turns = 0

  add(attempt: Omit<Attempt, 'turn' | 'updatedAt' | 'decision'>, now: number): Attempt {
    this.#turns += 1
    const added: Attempt = { ...attempt, turn: this.#turns, updatedAt: now, decision: null }
    this.#byUid.set(added.payment.imp_uid, added)
    this.#byKey.set(added.key, added)
    if (this.#byUid.size > newest) this.#drop()
    return added
  }

  move(attempt: Attempt, payment: Payment, now: number): void {
    attempt.payment = payment
    attempt.updatedAt = now
  }

  find(impUid: string): Attempt | undefined {
    return this.#byUid.get(impUid)
  }

  findWindow(key: string): Attempt | undefined {
    return this.#byKey.get(key)
  }

  list(
    wanted: { merchantUid?: string; status?: Status | undefined },
    sorting: Sorting = '-started',
  ): Attempt[] {
    const { merchantUid, status } = wanted
    return [...this.#byUid.values()]
      .filter(({ payment }) => merchantUid === undefined || payment.merchant_uid === merchantUid)
      .filter(({ payment }) => status === undefined || payment.status === status)
      .sort(inOrderOf(sorting))
  }

  #drop(): void {
    const [oldest] = this.#byUid.values()
    if (oldest === undefined) return
    this.#byUid.delete(oldest.payment.imp_uid)
    this.#byKey.delete(oldest.key)
  }
}

function inOrderOf(sorting: Sorting): (a: Attempt, b: Attempt) => number {
  const direction = sorting.startsWith('-') ? -1 : 1
  const time = (attempt: Attempt): number => {
    if (sorting.endsWith('started')) return attempt.payment.started_at
    return sorting.endsWith('paid') ? attempt.payment.paid_at : attempt.updatedAt
  }
  return (a, b) => direction * (time(a) - time(b) || a.turn - b.turn)
}
