// `npm run reconcile`: asks i'mport about every link that may have been paid since a backup that was restored.
import { parseArgs } from 'node:util'
import { createRenderer } from '../../../../page/entry/server.tsx'
import type { Settings } from '../../../config/settings.ts'
import type { AppDeps } from '../../../context.ts'
import { reconcileDue } from '../../../features/settlement/reconcile.ts'
import type { LogEntry } from '../../../platform/observability/logger.ts'
import { createStore } from '../../../store/store.ts'
import { openDatabase } from '../database/open-database.ts'
import { readSettings } from '../read-settings.ts'
import { fillRandom } from '../server/random.ts'
import { createSafeFetch } from '../server/safe-fetch.ts'
import { printUsage, usageError } from '../usage.ts'

const help = `Asks i'mport about every link that may have been paid since the restored backup was made.

  npm run reconcile -- --since 2026-11-20T04:00:00+09:00

  --since   when the backup was made: date and time with a time zone

Uses the server's settings; the server may keep running. Exit codes: 0 all links asked about, 1 not all, 2 wrong use.
`

/** @returns the exit code */
export async function reconcileCommand(args: string[]): Promise<number> {
  const since = parseSince(args)
  if (typeof since === 'string') return printUsage(since, help)
  const parsed = readSettings()
  if (!parsed.ok) {
    process.stderr.write(`${parsed.problems.join('\n')}\n`)
    return 1
  }
  try {
    return await reconcile(parsed.settings, since)
  } catch (error) {
    process.stderr.write(`Not reconciled: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

/** @returns unix milliseconds, or a problem as text; empty if help was requested */
function parseSince(args: string[]): number | string {
  try {
    const { values } = parseArgs({ args, options: { since: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return ''
    const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(values.since ?? '')
    const since = Date.parse(values.since ?? '')
    return isMoment && Number.isFinite(since) ? since : '--since must be a moment with its zone'
  } catch (error) {
    return usageError(error)
  }
}

async function reconcile(settings: Settings, since: number): Promise<number> {
  const refuse = (why: string): never => {
    throw new Error(why)
  }
  const database = await openDatabase(settings, { waits: refuse, refuse, restricted: () => {} })
  const changes: LogEntry[] = []
  const print = (entry: LogEntry) => void process.stderr.write(`${JSON.stringify(entry)}\n`)
  const collect = (entry: LogEntry) => void (entry.event === 'link.status_changed' && changes.push(entry))
  const deps: AppDeps = {
    settings,
    database,
    fetch,
    safeFetch: createSafeFetch({ allowPrivate: settings.eventsAllowPrivate }),
    now: Date.now,
    random: fillRandom,
    page: createRenderer({ script: '', style: '', scriptSource: '' }, () =>
      Promise.reject(new Error('no page')),
    ),
    log: { debug: () => {}, info: collect, warn: print, error: print },
  }
  try {
    const links = await createStore(database).startInquiry(since, Date.now())
    let asked = 0
    let unanswered = 0
    for (;;) {
      const round = await reconcileDue(deps)
      asked += round.asked
      unanswered += round.unanswered
      if (round.asked === 0 || round.unanswered > 0) break
    }
    process.stdout.write(
      `${links} links to ask about, ${asked - unanswered} answers, ${changes.length} moves\n`,
    )
    for (const { link, from, to } of changes)
      process.stdout.write(`${String(link)}: ${String(from)} to ${String(to)}\n`)
    if (unanswered === 0) return 0
    process.stderr.write("i'mport does not answer. What is left is asked by the server as soon as it does.\n")
    return 1
  } finally {
    await database.close()
  }
}
