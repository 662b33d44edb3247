import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import type { Database } from '../../platform/ports/database.ts'
import { recordWithEvents } from '../queues/outbox.ts'
import { insertIf } from '../sql/insert-if.ts'
import { linkLock, paymentLock } from '../sql/lock-keys.ts'
import { type PaymentsTable, queries } from '../sql/tables.ts'

export async function findPayment(database: Database, impUid: string): Promise<PaymentsTable | undefined> {
  const query = queries.selectFrom('payments').selectAll().where('imp_uid', '=', impUid)
  return (await database.all<PaymentsTable>(query.compile()))[0]
}

/** Columns that a later answer of i'mport may change. */
const updated = sql`link_id = excluded.link_id, status = excluded.status, kept = excluded.kept, why = excluded.why, amount = excluded.amount,
  currency = excluded.currency, returned = excluded.returned, pay_method = excluded.pay_method,
  method_key = excluded.method_key, gateway = excluded.gateway, late = excluded.late, paid_at = excluded.paid_at,
  receipt_url = excluded.receipt_url, bank = excluded.bank, account = excluded.account, holder = excluded.holder,
  due_at = excluded.due_at`

/** Part of a transition: stores the payment that the link now refers to. */
export function upsertPayment(payment: PaymentsTable, moved: RawBuilder<unknown>): CompiledQuery {
  return insertIf(
    'payments',
    payment,
    moved,
    sql`on conflict (imp_uid) do update set ${updated} where payments.kept = 0 or payments.link_id = excluded.link_id`,
  )
}

/**
 * Records an attempt that does not change the link's status. Payments that a link holds and rejected ones are not
 * updated, so that a slow answer of i'mport never overwrites a newer one. Events are queued once per attempt and status.
 * A rejected payment is queued for a refund from `tryAt` on.
 */
export async function recordPayment(
  database: Database,
  payment: PaymentsTable,
  { why, events, tryAt }: { why: string; events: readonly NewEvent[]; tryAt?: number },
): Promise<void> {
  const { imp_uid, link_id, status, seen_at } = payment
  const record = insertIf(
    'payments',
    payment,
    sql`from links where id = ${link_id}`,
    sql`on conflict (imp_uid) do update set ${updated} where payments.kept = 0 and payments.status <> 'rejected'`,
  )
  const recorded = sql`from links where id = ${link_id} and exists (select 1 from payments
    where imp_uid = ${imp_uid} and link_id = ${link_id} and status = ${status})`
  const same = sql.ref<string>('status')
  const id = `${imp_uid}:${status}`
  const history = { id, link_id, at: seen_at, from_status: same, to_status: same, imp_uid, why }
  const due = { imp_uid, link_id, since: seen_at, try_at: tryAt ?? seen_at, tries: 0 }
  const isNew = sql`${recorded} and exists (select 1 from history where id = ${id} and at = ${seen_at})`
  await database.batch(
    [
      record,
      eraseAgain(imp_uid, link_id),
      ...recordWithEvents(history, recorded, events),
      ...(status === 'rejected' ? [insertIf('returns', due, isNew)] : []),
    ],
    [linkLock(link_id), paymentLock(imp_uid)],
  )
}

/** Queues an erased link for erasure again if the attempt added buyer data. */
function eraseAgain(impUid: string, linkId: string): CompiledQuery {
  return sql`update links set erased_at = null where id = ${linkId} and erased_at is not null and exists (
    select 1 from payments where imp_uid = ${impUid} and link_id = ${linkId}
    and coalesce(receipt_url, bank, account, holder) is not null)`.compile(queries)
}

/** Records a partial refund of the payment that the link holds. */
export async function recordPartialRefund(
  database: Database,
  part: { imp_uid: string; link_id: string; returned: number; at: number; events: readonly NewEvent[] },
): Promise<void> {
  const { imp_uid, link_id, returned, at, events } = part
  const query = queries
    .updateTable('payments')
    .set({ returned })
    .where('imp_uid', '=', imp_uid)
    .where('returned', '<', returned)
  const id = `${imp_uid}:returned:${returned}`
  const entry = {
    id,
    link_id,
    at,
    from_status: 'paid',
    to_status: 'paid',
    imp_uid,
    why: 'returned_in_part',
  }
  const noted = sql`from payments where imp_uid = ${imp_uid} and returned = ${returned}`
  await database.batch(
    [query.compile(), ...recordWithEvents(entry, noted, events)],
    [linkLock(link_id), paymentLock(imp_uid)],
  )
}

/** Records that a rejected payment is fully refunded, and queues its events once. */
export async function recordRefund(
  database: Database,
  { imp_uid, link_id, amount, at, events }: RecordedRefund,
): Promise<void> {
  const payment = queries.updateTable('payments').set({ returned: amount }).where('imp_uid', '=', imp_uid)
  const due = queries.deleteFrom('returns').where('imp_uid', '=', imp_uid)
  await database.batch(
    [
      payment.compile(),
      due.compile(),
      ...recordWithEvents(
        historyEntry('given_back', 'payment_returned', { imp_uid, link_id, at }),
        isRejected(imp_uid),
        events,
      ),
    ],
    [linkLock(link_id), paymentLock(imp_uid)],
  )
}

/** Records once that a rejected payment is still not refunded, so that the merchant can act. */
export async function recordRefundFailure(
  database: Database,
  { imp_uid, link_id, at, events }: Omit<RecordedRefund, 'amount'>,
): Promise<void> {
  const entry = historyEntry('not_given_back', 'payment_not_returned', { imp_uid, link_id, at })
  await database.batch(recordWithEvents(entry, isRejected(imp_uid), events), [
    linkLock(link_id),
    paymentLock(imp_uid),
  ])
}

export interface RecordedRefund {
  imp_uid: string
  link_id: string
  /** The full amount, in the minor unit. */
  amount: number
  at: number
  events: readonly NewEvent[]
}

function historyEntry(
  idSuffix: string,
  why: string,
  { imp_uid, link_id, at }: Pick<RecordedRefund, 'imp_uid' | 'link_id' | 'at'>,
) {
  const same = sql.ref<string>('links.status')
  return { id: `${imp_uid}:${idSuffix}`, link_id, at, from_status: same, to_status: same, imp_uid, why }
}

const isRejected = (impUid: string) =>
  sql`from payments join links on links.id = payments.link_id 
    where payments.imp_uid = ${impUid} and payments.status = 'rejected'`
