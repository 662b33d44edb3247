import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Permission } from '../../domain/payments/payment-origin.ts'
import { dayMs, maxWindowMs, minuteMs } from '../../domain/payments/reconcile-schedule.ts'
import type { Database } from '../../platform/ports/database.ts'
import { extendInquiry } from '../queues/inquiries.ts'
import { linkLock } from '../sql/lock-keys.ts'
import { queries, type Tables } from '../sql/tables.ts'

/** What may still be under way at the gateway, and so must be asked about. */
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

/** Key of the method that the customer opened last: what an unmarked payment most likely came by. */
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
 * The visitor's page opens the window that it was last allowed to. Where the order is done already, i'mport is asked
 * soon: what is approved now is a second payment.
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

/** Did this visitor's page get what the payment window needs, which tells of the buyer? */
export async function wasGranted(database: Database, linkId: string, visitor: string): Promise<boolean> {
  const query = queries
    .selectFrom('checkouts')
    .select('id')
    .where('link_id', '=', linkId)
    .where('visitor', '=', visitor)
    .limit(1)
  return (await database.all(query.compile())).length > 0
}

/** Did another visitor open a window since then, of which it is not known how it ended? */
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

/** Was anybody let into a window of this link of which it is not known how it ended? */
export async function mayBeUnderWay(database: Database, linkId: string): Promise<boolean> {
  return (await database.all(sql`${unended(linkId)} limit 1`.compile(queries))).length > 0
}

/** i'mport has decided what became of this window. Once no other of the link may be open, nobody is asked. */
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
  await database.batch([own.compile(), dropInquiry(link_id)], [linkLock(link_id)])
}

/** Nothing of an open link may be under way, so there is nothing to ask about; what has ended keeps its questions. */
const dropInquiry = (linkId: string) =>
  sql`delete from inquiries where link_id = ${linkId} and not exists (${unended(linkId)})
    and exists (select 1 from links where id = ${linkId} and status in ('open', 'disabled'))`.compile(queries)

/** When no window of the link can be open any longer of which it is not known how it ended; null: there is none. */
export async function windowsCloseAt(database: Database, linkId: string): Promise<number | null> {
  const query = sql<{ at: number | null }>`select max(holds_until) + ${maxWindowMs} as at from checkouts
    where link_id = ${linkId} and ended_at is null`
  return (await database.all(query.compile(queries)))[0]?.at ?? null
}

/** What i'mport has decided about, of windows that can no longer be open, has ended. */
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
 * The link is done: paid, given back, or its card is registered. The window that led there has ended; through another
 * one a second payment may still be approved. So i'mport is asked once more when none can be open any longer, and
 * meanwhile where another window was opened or belongs to another customer.
 * @param used id of the permission that the payment came through
 * @param askUntil a paid link is asked about daily until then, for what is given back elsewhere
 */
export function closeCheckoutAsDone(
  linkId: string,
  at: number,
  moved: RawBuilder<unknown>,
  { used, askUntil }: { used: string | null; askUntil: number | null },
): CompiledQuery[] {
  const isMoved = sql`exists (select 1 ${moved})`
  const end = sql`update checkouts set ended_at = ${at} where id = ${used ?? ''} and ended_at is null and ${isMoved}`
  const drop = sql`delete from inquiries where link_id = ${linkId} and ${isMoved}`
  const least = askUntil ?? at
  const ask = sql`insert into inquiries (link_id, since, until, ask_at, asks)
    select ${linkId}, ${at}, case when closing > ${least} then closing else ${least} end,
      case when others > 0 then ${at + minuteMs} else coalesce(closing, ${at + dayMs}) end, 0
    from (select max(holds_until) + ${maxWindowMs} as closing,
        count(case when opened_at is not null or visitor is distinct from (select used.visitor from checkouts as used
          where used.id = ${used ?? ''}) then 1 end) as others
      from checkouts where link_id = ${linkId} and ended_at is null) as windows
    where ${isMoved} and (closing is not null or ${askUntil === null ? 0 : 1} = 1)`
  return [end.compile(queries), drop.compile(queries), ask.compile(queries)]
}
