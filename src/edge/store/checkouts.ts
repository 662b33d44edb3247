import type { Database } from './database.ts'
import { queries, type Tables } from './tables.ts'

export async function recordCheckout(database: Database, checkout: Tables['checkouts']): Promise<void> {
  await database.batch([queries.insertInto('checkouts').values(checkout).compile()])
}

/** Key of the method that the customer opened last. */
export async function findLastMethod(database: Database, linkId: string): Promise<string | undefined> {
  const query = queries
    .selectFrom('checkouts')
    .select('method_key')
    .where('link_id', '=', linkId)
    .orderBy('granted_at', 'desc')
    .limit(1)
  return (await database.all<{ method_key: string }>(query.compile()))[0]?.method_key
}
