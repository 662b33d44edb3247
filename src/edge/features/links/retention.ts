import type { AppDeps } from '../../context.ts'
import { createStore } from '../../store/store.ts'

const dayMs = 24 * 60 * 60 * 1000
/** For how long what is over can still be looked up: told events, ended checkouts. */
const keepMs = 30 * dayMs
const mostPerStep = 100

/**
 * One small step: erases buyers' data whose time is over (RETENTION_DAYS after the link's end), and
 * deletes what nobody needs any more, logos as long after their links included. @returns whether there may be more to do
 */
export async function deleteExpiredData({
  settings,
  database,
  now,
}: Pick<AppDeps, 'settings' | 'database' | 'now'>): Promise<boolean> {
  const store = createStore(database)
  const at = now()
  const erased = await store.eraseBuyers(at - settings.retentionDays * dayMs, at, mostPerStep)
  await store.forgetRecipients(at - dayMs)
  const pruned = await store.prune(at - keepMs, mostPerStep)
  const dropped = await store.dropLogos(at - settings.retentionDays * dayMs, mostPerStep)
  const isMore = [erased, pruned, dropped].some((count) => count >= mostPerStep)
  if (!isMore) database.purge?.()
  return isMore
}
