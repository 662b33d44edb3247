import { sql } from 'kysely'
import type { EventStatus } from '../../domain/events/report-event.ts'
import type { Database } from '../../platform/ports/database.ts'
import { type EventRow, queries } from '../sql/tables.ts'
import { isUnclaimed } from './claim.ts'

/** Nothing older of its order and address is still to be told. */
const isFirst = sql<boolean>`not exists (select 1 from events as earlier where earlier.lane = events.lane
  and earlier.seq < events.seq and earlier.due_at is not null)`

/** As many as a list holds beside the rest of its query: D1 takes 100 parameters. */
export const maxProven = 64

export interface DueFilter {
  limit: number
  /** Not to these receivers. */
  without?: readonly string[]
  /** No notices of these merchants. */
  withoutNoticesOf?: readonly string[]
  /** Only to these receivers, and to others where they are none of these merchants' notices (`all`: to none). */
  proven?: { receivers: readonly string[]; orNoNoticesOf: readonly string[] | 'all' }
}

export async function findDueEvents(
  database: Database,
  now: number,
  { limit, without = [], withoutNoticesOf = [], proven }: DueFilter,
): Promise<EventRow[]> {
  let query = queries.selectFrom('events').selectAll().where('due_at', '<=', now)
  if (without.length > 0) query = query.where('receiver', 'not in', without)
  if (withoutNoticesOf.length > 0)
    query = query.where((row) =>
      row.or([row('url', 'is', null), row('user_code', 'not in', withoutNoticesOf)]),
    )
  if (proven) {
    const { receivers, orNoNoticesOf } = proven
    // A list of one length is one text, and no receiver has an empty name.
    const padded = [...receivers, ...Array<string>(maxProven).fill('')].slice(0, maxProven)
    query = query.where((row) =>
      row.or([
        row('receiver', 'in', padded),
        ...(orNoNoticesOf === 'all'
          ? []
          : [row('url', 'is', null), row('user_code', 'not in', orNoNoticesOf)]),
      ]),
    )
  }
  const first = query.where(isUnclaimed(now)).where(isFirst).orderBy('due_at').orderBy('seq').limit(limit)
  return database.all<EventRow>(first.compile())
}

/**
 * Takes the event for one attempt, until then: an attempt whose process died is repeated by another.
 * @returns false when somebody else took it
 */
export async function claimEvent(
  database: Database,
  { id, lane, due_at, attempts }: EventRow,
  now: number,
  until: number,
): Promise<boolean> {
  const query = queries
    .updateTable('events')
    .set({ claimed_until: until, attempts: attempts + 1 })
    .where('id', '=', id)
    .where('due_at', '=', due_at)
    .where('attempts', '=', attempts)
    .where(isUnclaimed(now))
    .where(isFirst)
  return (await database.batch([query.compile()], [lane]))[0] === 1
}

export type Outcome =
  | { delivered: true; at: number }
  | { delivered: false; due_at: number | null; why: string }

/**
 * Ends an attempt that was claimed `until`. Those behind it in its lane wait as long as it does,
 * and their turn has come once it is delivered or given up.
 */
export async function closeAttempt(
  database: Database,
  { id, lane, seq }: EventRow,
  until: number,
  now: number,
  outcome: Outcome,
): Promise<void> {
  const due_at = outcome.delivered ? null : outcome.due_at
  const close = queries
    .updateTable('events')
    .set({
      claimed_until: null,
      due_at,
      ...(outcome.delivered ? { delivered_at: outcome.at, last_error: null } : { last_error: outcome.why }),
    })
    .where('id', '=', id)
    .where('claimed_until', '=', until)
  const behind = queries
    .updateTable('events')
    .set({ due_at: due_at ?? now })
    .where('lane', '=', lane)
    .where('seq', '>', seq)
    .where('due_at', 'is not', null)
  await database.batch([close.compile(), behind.compile()], [lane])
}

export interface EventFilter {
  user_code: string
  /** Undefined: every tier of the merchant. */
  tier: string | undefined
  link_id?: string | undefined
  status?: EventStatus | undefined
  /** `seq` of the last event of the page before. */
  before?: number | undefined
  limit: number
}

/** Newest first. */
export async function listEvents(database: Database, filter: EventFilter): Promise<EventRow[]> {
  const { user_code, tier, link_id, status, before, limit } = filter
  let query = queries.selectFrom('events').selectAll().where('user_code', '=', user_code)
  if (tier !== undefined) query = query.where('tier', '=', tier)
  if (link_id !== undefined) query = query.where('link_id', '=', link_id)
  if (before !== undefined) query = query.where('seq', '<', before)
  if (status === 'pending') query = query.where('due_at', 'is not', null)
  if (status === 'delivered') query = query.where('due_at', 'is', null).where('delivered_at', 'is not', null)
  if (status === 'failed') query = query.where('due_at', 'is', null).where('delivered_at', 'is', null)
  return database.all<EventRow>(query.orderBy('seq', 'desc').limit(limit).compile())
}

export async function findEvent(database: Database, id: string): Promise<EventRow | undefined> {
  const query = queries.selectFrom('events').selectAll().where('id', '=', id)
  return (await database.all<EventRow>(query.compile()))[0]
}

/** Tells it anew from now on, under the same id. What is being told at this moment is left alone. */
export async function redeliverEvent(database: Database, id: string, now: number): Promise<void> {
  const query = queries
    .updateTable('events')
    .set({ due_at: now, since: now, attempts: 0, claimed_until: null })
    .where('id', '=', id)
    .where(isUnclaimed(now))
  await database.batch([query.compile()])
}
