// The edge of `npm run dev`: built again at each change of its sources and started anew, in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { createBuilder } from 'vite'
import { writeDevAssets } from './dev-assets.ts'
import { packFiles } from './files.ts'

/** Beside the installed packages, which the edge imports, and away from what `npm run build` makes. */
const folder = 'node_modules/.cache/dev'
const node = 'node_modules/node/bin/node'

/** Development never uses a merchant's keys. */
const liveSettings = ['IMP_USER_CODE', 'IMP_KEY', 'IMP_SECRET', 'MERCHANTS', 'MERCHANTS_FILE']

export interface DevEdge {
  port: number
  start(): Promise<void>
  stop(): Promise<void>
  /** Resolves while the edge answers, or after it has failed to start. */
  ready(): Promise<void>
}

/** @param publicUrl where the browser finds the page: Vite's own address */
export async function createDevEdge(publicUrl: string): Promise<DevEdge> {
  const port = await findFreePort()
  let child: ChildProcess | undefined
  let ready: Promise<void> = Promise.resolve()
  let isFirst = true
  const watchers: { close(): Promise<void> }[] = []

  async function restart(): Promise<void> {
    await end(child)
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: publicUrl,
    }
    for (const name of liveSettings) delete env[name]
    const flags = ['--enable-source-maps', '--disable-warning=ExperimentalWarning']
    const started = spawn(node, [...flags, `${folder}/build/server.js`], {
      env: { ...env, DATABASE_URL: env.DATABASE_URL ?? 'file:data/dev.db' },
      // The edge ends when this channel closes. Its banner is printed once.
      stdio: ['ignore', isFirst ? 'inherit' : 'ignore', 'inherit', 'ipc'],
    })
    isFirst = false
    child = started
    await untilItAnswers(started, port)
  }

  const restartAfter = (work: Promise<void>) => {
    ready = work.then(restart).catch((error: Error) => {
      process.stderr.write(`${error.message}\n`)
    })
    return ready
  }

  /** Resolves after the first build of each part, whether it succeeded or not; from then on changes restart the edge. */
  async function buildAndWatch(): Promise<void> {
    writeDevAssets(folder)
    const builder = await createBuilder({
      logLevel: 'warn',
      build: { watch: {} },
      environments: {
        server: { build: { outDir: `${folder}/build`, emptyOutDir: false, sourcemap: true } },
        sandbox: { build: { outDir: `${folder}/build` } },
        embed: { build: { outDir: `${folder}/dist` } },
      },
    })
    for (const name of ['sandbox', 'embed', 'server']) {
      const environment = builder.environments[name]
      const watcher = environment && (await builder.build(environment))
      if (!watcher || !('on' in watcher)) continue
      watchers.push(watcher)
      let isFirstBuild = true
      await new Promise<void>((resolve) =>
        watcher.on('event', async (event) => {
          if (event.code === 'BUNDLE_END') await event.result.close()
          if (event.code !== 'END' && event.code !== 'ERROR') return
          // The edge serves this file packed as well.
          if (name === 'embed') packFiles(`${folder}/dist`)
          if (event.code === 'END' && name !== 'embed' && !isFirstBuild) void restartAfter(ready)
          isFirstBuild = false
          resolve()
        }),
      )
    }
  }

  return {
    port,
    ready: () => ready,
    start: () => restartAfter(buildAndWatch()),
    async stop() {
      await Promise.all(watchers.map((watcher) => watcher.close()))
      await end(child)
    },
  }
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  // Open streams would hold a graceful stop up for seconds.
  child.kill('SIGKILL')
  await ended
}

async function untilItAnswers(child: ChildProcess, port: number): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
