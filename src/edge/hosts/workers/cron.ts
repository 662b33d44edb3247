// Scheduled jobs, once a minute. Runs may overlap: claims in the database keep work from being done twice.
import type { AppDeps } from '../../context.ts'
import { jobs, runJob } from '../../jobs.ts'
import type { Database } from '../../platform/ports/database.ts'

/** No work starts after this. Work in flight has its own timeouts, the longest of 45 seconds. */
const startsForMs = 12_000
/** D1 allows 1,000 queries per invocation; the rest is for work in flight. */
const maxQueries = 700

export async function runJobs({ waitUntil: _, ...deps }: AppDeps): Promise<void> {
  const until = deps.now() + startsForMs
  const counted = countQueries(deps.database)
  const shouldContinue = () => deps.now() < until && counted.queries() < maxQueries
  const own = { ...deps, database: counted.database }
  const sequence = async () => {
    await runJob(jobs.reconcile, own, shouldContinue)
    await runJob(jobs.sweep, own, shouldContinue)
    // Delivers the events of these two here: deliveries in the background would not count their queries.
    await runJob(jobs.deliver, own, shouldContinue)
    while (shouldContinue() && (await runJob(jobs.cleanUp, own)) === true);
  }
  // Concurrent, so that a slow receiver does not delay the other jobs.
  await Promise.all([
    runJob(jobs.deliver, own, shouldContinue),
    runJob(jobs.messages, own, shouldContinue),
    sequence(),
  ])
}

function countQueries(database: Database) {
  let count = 0
  const counting: Database = {
    all(query) {
      count += 1
      return database.all(query)
    },
    batch(queries, lockKeys) {
      count += queries.length
      return database.batch(queries, lockKeys)
    },
  }
  return { database: counting, queries: () => count }
}
