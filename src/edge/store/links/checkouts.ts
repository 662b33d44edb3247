import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Permission } from '../../domain/payments/payment-origin.ts'
import { dayMs, maxWindowMs, minuteMs } from '../../domain/payments/reconcile-schedule.ts'
import type { Database } from '../../platform/ports/database.ts'
import { extendInquiry } from '../queues/inquiries.ts'
import { linkLock } from '../sql/lock-keys.ts'
import { queries, type Tables } from '../sql/tables.ts'

/** When i'mport is asked next about a payment that may be in progress, and until when. */
interface Asking {
  askAt: number
  until: number
}

export async function recordCheckout(
  database: Database,
  checkout: Tables['checkouts'],
  { askAt, until }: Asking,
): Promise<void> {
  const { link_id, granted_at } = checkout
  const own = sql`from links where id = ${link_id}`
  await database.batch(
    [
      queries.insertInto('checkouts').values(checkout).compile(),
      extendInquiry(link_id, granted_at, until, askAt, own),
    ],
    [linkLock(link_id)],
  )
}

/** Key of the method of the latest checkout: the most likely method of a payment without a permission id. */
export async function findLastMethod(database: Database, linkId: string): Promise<string | undefined> {
  const query = queries
    .selectFrom('checkouts')
    .select('method_key')
    .where('link_id', '=', linkId)
    .orderBy('granted_at', 'desc')
    .limit(1)
  return (await database.all<{ method_key: string }>(query.compile()))[0]?.method_key
}

/**
 * Records that the visitor's page opened the window of its latest checkout. If the order is already paid or refunded,
 * i'mport is asked within a minute, because an approval would be a second payment.
 */
export async function markOpened(
  database: Database,
  linkId: string,
  visitor: string,
  now: number,
): Promise<void> {
  const last = sql`select id from checkouts where link_id = ${linkId} and visitor = ${visitor}
    order by granted_at desc limit 1`
  await database.batch([
    sql`update checkouts set opened_at = ${now} where id = (${last}) and opened_at is null and ended_at is null
      and holds_until > ${now}`.compile(queries),
    sql`update inquiries set ask_at = ${now + minuteMs} where link_id = ${linkId} and ask_at > ${now + minuteMs}
      and exists (select 1 from links where id = ${linkId} and status in ('paid', 'refunded'))`.compile(
      queries,
    ),
  ])
}

/** True if this visitor already received the data for the payment window, which includes the buyer's. */
export async function wasGranted(database: Database, linkId: string, visitor: string): Promise<boolean> {
  const query = queries
    .selectFrom('checkouts')
    .select('id')
    .where('link_id', '=', linkId)
    .where('visitor', '=', visitor)
    .limit(1)
  return (await database.all(query.compile())).length > 0
}

/** True if another visitor opened a window after `since` whose result is not known. */
export async function isOpenElsewhere(
  database: Database,
  linkId: string,
  visitor: string | undefined,
  since: number,
): Promise<boolean> {
  const query = queries
    .selectFrom('checkouts')
    .select('id')
    .where('link_id', '=', linkId)
    .where('granted_at', '>', since)
    .where('opened_at', '>', since)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`visitor is distinct from ${visitor ?? ''}`)
    .limit(1)
  return (await database.all(query.compile())).length > 0
}

const unended = (linkId: string) =>
  sql`select 1 from checkouts where link_id = ${linkId} and ended_at is null`

/** True if the link has a checkout whose result is not known. */
export async function mayBeUnderWay(database: Database, linkId: string): Promise<boolean> {
  return (await database.all(sql`${unended(linkId)} limit 1`.compile(queries))).length > 0
}

/** Ends a checkout whose result i'mport has reported, and the link's inquiry if no other checkout is open. */
export async function endCheckout(
  database: Database,
  { id, link_id }: Pick<Permission, 'id' | 'link_id'>,
  now: number,
): Promise<void> {
  const own = queries
    .updateTable('checkouts')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
  await database.batch([own.compile(), deleteInquiry(link_id)], [linkLock(link_id)])
}

/** Only for open and disabled links: a link in another status needs its inquiry for deposits or refunds. */
const deleteInquiry = (linkId: string) =>
  sql`delete from inquiries where link_id = ${linkId} and not exists (${unended(linkId)})
    and exists (select 1 from links where id = ${linkId} and status in ('open', 'disabled'))`.compile(queries)

/** When the last window without a known result must have closed; null if there is no such window. */
export async function windowsCloseAt(database: Database, linkId: string): Promise<number | null> {
  const query = sql<{ at: number | null }>`select max(holds_until) + ${maxWindowMs} as at from checkouts
    where link_id = ${linkId} and ended_at is null`
  return (await database.all(query.compile(queries)))[0]?.at ?? null
}

/** Ends the link's checkouts whose windows must have closed by now. */
export async function endClosedCheckouts(database: Database, linkId: string, now: number): Promise<void> {
  const query = queries
    .updateTable('checkouts')
    .set({ ended_at: now })
    .where('link_id', '=', linkId)
    .where('ended_at', 'is', null)
    .where('holds_until', '<=', now - maxWindowMs)
  await database.batch([query.compile()])
}

/**
 * Follow-up of a link that is paid, refunded or has its card registered: ends the checkout used. Other windows may
 * still lead to a second payment, so i'mport is asked again when all must have closed, and within a minute if another
 * window was opened or belongs to another customer.
 * @param used id of the checkout that the payment came through
 * @param askUntil i'mport is asked daily until then, to find refunds made elsewhere
 */
export function closeCheckoutAsDone(
  linkId: string,
  at: number,
  moved: RawBuilder<unknown>,
  { used, askUntil }: { used: string | null; askUntil: number | null },
): CompiledQuery[] {
  const isMoved = sql`exists (select 1 ${moved})`
  const end = sql`update checkouts set ended_at = ${at} where id = ${used ?? ''} and ended_at is null and ${isMoved}`
  const clear = sql`delete from inquiries where link_id = ${linkId} and ${isMoved}`
  const minUntil = askUntil ?? at
  const ask = sql`insert into inquiries (link_id, since, until, ask_at, asks)
    select ${linkId}, ${at}, case when closing > ${minUntil} then closing else ${minUntil} end,
      case when others > 0 then ${at + minuteMs} else coalesce(closing, ${at + dayMs}) end, 0
    from (select max(holds_until) + ${maxWindowMs} as closing,
        count(case when opened_at is not null or visitor is distinct from (select used.visitor from checkouts as used
          where used.id = ${used ?? ''}) then 1 end) as others
      from checkouts where link_id = ${linkId} and ended_at is null) as windows
    where ${isMoved} and (closing is not null or ${askUntil === null ? 0 : 1} = 1)`
  return [end.compile(queries), clear.compile(queries), ask.compile(queries)]
}
