import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { insertIf } from './insert-if.ts'
import { type PaymentsTable, queries } from './tables.ts'

export async function findPayment(database: Database, impUid: string): Promise<PaymentsTable | undefined> {
  const query = queries.selectFrom('payments').selectAll().where('imp_uid', '=', impUid)
  return (await database.all<PaymentsTable>(query.compile()))[0]
}

/** Every column that a later look at i'mport may change. */
const renewed = sql`status = excluded.status, kept = excluded.kept, why = excluded.why, amount = excluded.amount,
  currency = excluded.currency, returned = excluded.returned, pay_method = excluded.pay_method,
  method_key = excluded.method_key, gateway = excluded.gateway, late = excluded.late, paid_at = excluded.paid_at,
  receipt_url = excluded.receipt_url, bank = excluded.bank, account = excluded.account, holder = excluded.holder,
  due_at = excluded.due_at`

/** Part of a move: the link speaks of this payment now. */
export function keepPayment(payment: PaymentsTable, moved: RawBuilder<unknown>): CompiledQuery {
  return insertIf(
    'payments',
    payment,
    moved,
    sql`on conflict (imp_uid) do update set ${renewed} where payments.link_id = excluded.link_id`,
  )
}

/**
 * Records an attempt that moves nothing. A payment that a link keeps, and one that was rejected,
 * stay as they are: a slow answer of i'mport never writes over a newer one.
 */
export async function recordPayment(database: Database, payment: PaymentsTable, why: string): Promise<void> {
  const record = insertIf(
    'payments',
    payment,
    sql`from links where id = ${payment.link_id}`,
    sql`on conflict (imp_uid) do update set ${renewed}
      where payments.link_id = excluded.link_id and payments.kept = 0 and payments.status <> 'rejected'`,
  )
  const recorded = sql`insert into history (id, link_id, at, from_status, to_status, imp_uid, why)
    select ${`${payment.imp_uid}:${payment.status}`}, id, ${payment.seen_at}, status, status, ${payment.imp_uid}, ${why}
    from links where id = ${payment.link_id} and exists (select 1 from payments where imp_uid = ${payment.imp_uid}
      and link_id = ${payment.link_id} and status = ${payment.status})
    on conflict do nothing`
  await database.batch([record, recorded.compile(queries)])
}

/** @returns false when this much was known to be returned already */
export async function recordReturn(database: Database, impUid: string, returned: number): Promise<boolean> {
  const query = queries
    .updateTable('payments')
    .set({ returned })
    .where('imp_uid', '=', impUid)
    .where('returned', '<', returned)
  const [count] = await database.batch([query.compile()])
  return count === 1
}
