// What runs by the clock, once a minute. Another run may begin beside this one: nothing is done twice.
import type { AppDeps } from '../../context.ts'
import { jobs, runJob } from '../../jobs.ts'
import type { Database } from '../../platform/ports/database.ts'

/** Nothing is begun after that; what is under way has its own time-outs, the longest of 45 seconds. */
const beginsForMs = 12_000
/** D1 refuses an invocation's queries above 1,000; the rest is for what is under way. */
const mostQueries = 700

export async function runJobs({ waitUntil: _, ...deps }: AppDeps): Promise<void> {
  const until = deps.now() + beginsForMs
  const counted = countQueries(deps.database)
  const goOn = () => deps.now() < until && counted.queries() < mostQueries
  const own = { ...deps, database: counted.database }
  const inTurn = async () => {
    await runJob(jobs.reconcile, own, goOn)
    await runJob(jobs.sweep, own, goOn)
    // What these two found out is told here, not in the background, which would count no queries.
    await runJob(jobs.deliver, own, goOn)
    while (goOn() && (await runJob(jobs.cleanUp, own)) === true);
  }
  // Side by side: a slow receiver keeps nobody else waiting.
  await Promise.all([runJob(jobs.deliver, own, goOn), runJob(jobs.messages, own, goOn), inTurn()])
}

function countQueries(database: Database) {
  let asked = 0
  const counting: Database = {
    all(query) {
      asked += 1
      return database.all(query)
    },
    batch(queries, about) {
      asked += queries.length
      return database.batch(queries, about)
    },
  }
  return { database: counting, queries: () => asked }
}
