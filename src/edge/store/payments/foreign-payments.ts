// Payments with an order's number that came through none of its windows.
import { type RawBuilder, sql } from 'kysely'
import type { NewEvent } from '../../domain/events/event.ts'
import type { Link, Order } from '../../domain/links/link.ts'
import type { Database } from '../../platform/ports/database.ts'
import { recordWithEvents } from '../queues/outbox.ts'
import { insertIf } from '../sql/insert-if.ts'
import { orderLock, paymentLock } from '../sql/lock-keys.ts'
import { type ForeignPaymentsTable, queries } from '../sql/tables.ts'

export async function findForeignPayment(
  database: Database,
  impUid: string,
): Promise<ForeignPaymentsTable | undefined> {
  const query = queries.selectFrom('foreign_payments').selectAll().where('imp_uid', '=', impUid)
  return (await database.all<ForeignPaymentsTable>(query.compile()))[0]
}

/**
 * Records the payment, queues its events once, and updates `paid_elsewhere` of the order's current link.
 * @param moveId new `move_id` of that link if the flag changes
 */
export async function recordForeignPayment(
  database: Database,
  payment: ForeignPaymentsTable,
  link: Link,
  { events, moveId }: { events: readonly NewEvent[]; moveId: string },
): Promise<void> {
  const { imp_uid, link_id, seen_at } = payment
  const record = insertIf(
    'foreign_payments',
    payment,
    sql`from links where id = ${link_id}`,
    sql`on conflict (imp_uid) do update set amount = excluded.amount, currency = excluded.currency,
      returned = excluded.returned, paid_at = excluded.paid_at`,
  )
  const same = sql.ref<string>('status')
  const entry = { id: `${imp_uid}:foreign`, link_id, at: seen_at, imp_uid, why: 'payment_foreign' }
  const isPaid = isPaidElsewhere(link)
  const flag = sql`update links set paid_elsewhere = ${isPaid}, move_id = ${moveId}
    where user_code = ${link.user_code} and tier = ${link.tier} and merchant_uid = ${link.merchant_uid}
    and superseded_by is null and amount = ${link.amount} and currency = ${link.currency}
    and paid_elsewhere <> ${isPaid}`
  await database.batch(
    [
      record,
      ...recordWithEvents(
        { ...entry, from_status: same, to_status: same },
        sql`from links where id = ${link_id}`,
        events,
      ),
      flag.compile(queries),
    ],
    [orderLock(link), paymentLock(imp_uid)],
  )
}

/** 1 if a foreign payment of the order has exactly this amount and currency and is not fully refunded. */
export function isPaidElsewhere(bill: Order & Pick<Link, 'amount' | 'currency'>): RawBuilder<number> {
  return sql<number>`(select case when exists (select 1 from foreign_payments as foreign_one
    join links as any_link on any_link.id = foreign_one.link_id
    where any_link.user_code = ${bill.user_code} and any_link.tier = ${bill.tier}
    and any_link.merchant_uid = ${bill.merchant_uid} and foreign_one.amount = ${bill.amount}
    and foreign_one.currency = ${bill.currency} and foreign_one.returned < foreign_one.amount) then 1 else 0 end)`
}
