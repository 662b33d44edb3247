// Entry point of the Node server: reads the settings, opens the database, composes the app and listens.
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { withCards } from '../../../page/card/server.tsx'
import { createRenderer } from '../../../page/entry/server.tsx'
import { createApp } from '../../app.ts'
import { logUnused } from '../../config/log-unused.ts'
import type { AppDeps } from '../../context.ts'
import { createContext } from '../../create-context.ts'
import { createLiveHub } from '../../features/live/hub.ts'
import { createFastPath } from '../../features/page-view/page-cache.ts'
import { logError } from '../../platform/observability/log-error.ts'
import { logOutages } from '../../platform/observability/log-outages.ts'
import { createStore } from '../../store/store.ts'
import { createRateLimiter } from '../rate-limiter.ts'
import { openDatabase } from './database/open-database.ts'
import { readCardAssets } from './files/card-files.ts'
import { readDocsFile } from './files/docs-files.ts'
import { readPageAssets } from './files/page-files.ts'
import { createHost } from './host.ts'
import { readSettings } from './read-settings.ts'
import { serveFastPath } from './server/fast-path.ts'
import { watchLauncher } from './server/launcher.ts'
import { listen } from './server/listen.ts'
import { createMetricsRegistry } from './server/metrics.ts'
import { startMetricsServer } from './server/metrics-server.ts'
import { packDocument } from './server/pack-document.ts'
import { peerOf, warnOfProxy } from './server/peer.ts'
import { fillRandom } from './server/random.ts'
import { createSafeFetch } from './server/safe-fetch.ts'
import { banner, createSample } from './server/sample.ts'
import { createSandboxReach } from './server/sandbox-reach.ts'
import { stopOnSignal } from './server/stop.ts'
import { startTimers } from './server/timers.ts'
import { createMessageTransports } from './server/transports.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

function stop(...lines: string[]): never {
  for (const line of lines) process.stderr.write(`Dari cannot start: ${line}\n`)
  process.exit(1)
}

// Any file written by the process, including crash reports, may contain buyers' data.
process.umask(0o077)

const parsed = readSettings()
const settings = parsed.ok ? parsed.settings : stop(...parsed.problems)
const log = pino({ level: settings.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
logUnused(settings, log)
const opened = await openDatabase(settings, {
  waits: (why) => process.stderr.write(`Dari waits: DATABASE_URL: ${why}\n`),
  refuse: (problem) => stop(`DATABASE_URL: ${problem}`),
  restricted: (files) => log.info({ event: 'database.permissions_restricted', files }),
}).catch((error: Error) => stop(error.message))
const database = logOutages(opened, { warn: (entry) => log.warn(entry) }, Date.now)

const store = createStore(database)
const hub = createLiveHub({
  readVersions: store.readLinkVersions,
  broke: (error) => logError(log, { event: 'live.poll_failed' }, error),
})
const metrics = createMetricsRegistry({ readBacklog: store.readBacklog, streams: hub.size, now: Date.now })
const inFlight = new Set<Promise<unknown>>()
const { preview, ...transports } = await createMessageTransports({
  settings,
  fetch,
  now: Date.now,
  random: fillRandom,
})
const deps: AppDeps = {
  settings,
  database,
  ...transports,
  fetch,
  safeFetch: createSafeFetch({ allowPrivate: settings.eventsAllowPrivate }),
  now: Date.now,
  digest: (text) => hash('sha256', text),
  random: fillRandom,
  page: withCards(createRenderer(readPageAssets(dist), packDocument), readCardAssets(dist)),
  log: {
    debug: (entry) => log.debug(entry),
    info: (entry) => log.info(entry),
    warn: (entry) => log.warn(entry),
    error: (entry) => log.error(entry),
  },
  docs: readDocsFile,
  rateLimiter: createRateLimiter(),
  metrics: metrics.metrics,
  linkWatcher: hub,
  peerOf,
  waitUntil(work) {
    const done = work.finally(() => inFlight.delete(done))
    inFlight.add(done)
  },
}

const { sandbox, metricsPort, metricsHost, metricsToken } = settings
const app = await createHost(createApp(deps), {
  sandbox: sandbox ? createSandboxReach(settings) : null,
  dist,
  build: join(root, 'build'),
  ...(preview && { preview }),
  ...(metricsToken !== null && { metrics: startMetricsServer(metrics, metricsToken) }),
})
const fastPath = createFastPath(createContext(deps))
const checkProxy = settings.trustProxy ? undefined : warnOfProxy(deps.log)
const server = await listen(app, settings, '', (next) => {
  const handle = serveFastPath(fastPath, next)
  return (request, response) => {
    checkProxy?.(request)
    handle(request, response)
  }
}).catch((error: Error) => stop(error.message))
const metricsServer =
  metricsPort === null
    ? undefined
    : await listen(
        startMetricsServer(metrics, null),
        { port: metricsPort, host: metricsHost },
        'METRICS_',
      ).catch((error: Error) => stop(error.message))

const timers = startTimers(deps)

/** Graceful shutdown: accepts no new work, drains work in flight, closes the database. */
async function shutDown(): Promise<void> {
  hub.end()
  await Promise.all([timers.stop(), server.close(), metricsServer?.close()])
  // Background work may start more background work.
  while (inFlight.size > 0) await Promise.allSettled(inFlight)
  await opened.close()
}

watchLauncher(stopOnSignal(shutDown))

// Printed last, because its reader may stop the process.
if (settings.sandbox) await opened.ready
const sample = settings.sandbox ? await createSample(settings.selfUrl, Date.now()) : null
process.stdout.write(banner(version, settings, sample))
