import type { AppDeps } from '../../context.ts'
import { createStore } from '../../store/store.ts'

const dayMs = 24 * 60 * 60 * 1000
/** How long delivered events and ended checkouts stay. */
const maxAgeMs = 30 * dayMs
const batchSize = 100

/**
 * One batch: erases buyers' data RETENTION_DAYS after their link's end, and deletes old events, checkouts and logos.
 * @returns whether there may be more
 */
export async function deleteExpiredData({
  settings,
  database,
  now,
}: Pick<AppDeps, 'settings' | 'database' | 'now'>): Promise<boolean> {
  const store = createStore(database)
  const at = now()
  const erased = await store.eraseBuyers(at - settings.retentionDays * dayMs, at, batchSize)
  await store.deleteRecipients(at - dayMs)
  const pruned = await store.prune(at - maxAgeMs, batchSize)
  const dropped = await store.deleteLogos(at - settings.retentionDays * dayMs, batchSize)
  const isMore = [erased, pruned, dropped].some((count) => count >= batchSize)
  if (!isMore) database.purge?.()
  return isMore
}
