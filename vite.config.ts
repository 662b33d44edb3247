import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { isLanguage } from './src/contract/language.ts'
import { koCard } from './src/contract/words/ko-card.ts'
import { resolveExtraWords, resolveWords } from './src/contract/words/resolve.ts'
import { readCardAssets } from './src/edge/hosts/node/card-files.ts'
import { readPageAssets } from './src/edge/hosts/node/page-files.ts'

/**
 * `virtual:words/ko`, `virtual:extra-words/ko`: the sentences of one language as i18next resolves them. Those about
 * cards are for the page that registers one alone.
 */
function words(): Plugin {
  const form = /^\0?virtual:(words|extra-words)\/(\w+)$/
  return {
    name: 'words',
    resolveId: (id) => (form.test(id) ? `\0${id}` : undefined),
    load(id) {
      const [, which, language] = form.exec(id) ?? []
      if (!isLanguage(language)) return undefined
      const resolved = which === 'words' ? resolveWords(language) : resolveExtraWords(language)
      const all = Object.entries(resolved)
      const own = this.environment.name === 'cards' ? all : all.filter(([key]) => !(key in koCard))
      return `export default ${JSON.stringify(Object.fromEntries(own))}`
    },
  }
}

/**
 * `virtual:screens`: address of the file that draws. It is built for itself, because what is written into a
 * document has no address that the file could import from.
 */
function screens(): Plugin {
  let file = ''
  return {
    name: 'screens',
    sharedDuringBuild: true,
    resolveId: (id) => (id === 'virtual:screens' ? `\0${id}` : undefined),
    load: (id) => (id === '\0virtual:screens' ? `export default ${JSON.stringify(`/${file}`)}` : undefined),
    writeBundle(_, bundle) {
      if (this.environment.name !== 'screens') return
      file = Object.values(bundle).find((chunk) => chunk.type === 'chunk' && chunk.isEntry)?.fileName ?? ''
    },
  }
}

/** `virtual:built-page`, `virtual:sandbox-sdk`: what was built before, for a host without files. */
function builtBefore(): Plugin {
  const make: Record<string, () => string> = {
    '\0virtual:built-page': () =>
      `export const page = ${JSON.stringify(readPageAssets('dist'))}
      export const cards = ${JSON.stringify(readCardAssets('dist'))}`,
    '\0virtual:sandbox-sdk': () =>
      `export default ${JSON.stringify(readFileSync('build/sandbox-sdk.js', 'utf8'))}`,
  }
  return {
    name: 'built-before',
    sharedDuringBuild: true,
    resolveId: (id) => (`\0${id}` in make ? `\0${id}` : undefined),
    load: (id) => make[id]?.(),
  }
}

const forEver = 'public, max-age=31536000, immutable'
const aDay = 'public, max-age=86400'

/**
 * `build/workers/assets`: what Cloudflare serves without asking the worker, and how long browsers may keep it.
 * Nothing that could answer for a link, and nothing compressed: Cloudflare does that itself.
 */
function gatherWorkersAssets(): void {
  const assets = 'build/workers/assets'
  const isOurs = (path: string) => !/\.br$|\.vite|index\.html$/.test(path)
  cpSync('dist', assets, { recursive: true, filter: isOurs })
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    cpSync(join('node_modules/swagger-ui-dist', name), join(assets, 'docs', name))
  const rules = readdirSync(assets, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath.slice(assets.length)}/${name}`)
    .map((path) => {
      const kept = path.startsWith('/assets/') ? forEver : aDay
      return `${path}\n  Cache-Control: ${kept}\n  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n`
    })
  writeFileSync(join(assets, '_headers'), rules.sort().join(''))
}

/** Vite's helper waits for a late part's styles and preloads its imports: the late parts here have neither. */
function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    enforce: 'pre',
    load: (id) =>
      id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : undefined,
  }
}

/** Beside every file that browsers fetch the same in Brotli, at the highest level: no server does that again. */
function packFiles(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    const file = join(folder, name)
    if (statSync(file).isFile() && !name.startsWith('.vite'))
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)))
  }
}

/** Packages and Node's own modules stay outside the server bundle; the compiler's own runtime is in no package of ours. */
const isOutside = (id: string) => isBuiltin(id) || /^(?!@oxc-project\/|virtual:)[@a-z]/.test(id)

/** Whether a part of the build draws what only some links show: `import.meta.env.EXTRAS`, gone where it is false. */
const drawsExtras = (draws: boolean) => ({ 'import.meta.env.EXTRAS': String(draws) })

/** A file of its own in `dist/`, beside whatever is there. */
const inDist = { outDir: 'dist', emptyOutDir: false, copyPublicDir: false, modulePreload: false } as const

/** One file with everything in it, for a runtime that knows web standards and its own modules alone. */
const forWorkerd = (name: string, input: string) =>
  ({
    consumer: 'server',
    resolve: {
      noExternal: true,
      conditions: ['workerd', 'worker', 'browser', 'module', 'import', 'default'],
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: `build/workers/${name}`,
      copyPublicDir: false,
      emptyOutDir: true,
      target: 'esnext',
      rolldownOptions: {
        input: { [name]: input },
        external: /^cloudflare:/,
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  }) as const

/**
 * What is written, moved, claimed and looked for: a call to workerd takes milliseconds, so the suites that are about
 * doors, limits and wires, or that let weeks pass minute by minute, run on the other databases alone.
 */
const onD1 = [
  'busy',
  'checkout',
  'clean-up',
  'database',
  'deliver',
  'event-order',
  'events',
  'global-create',
  'health',
  'logos',
  'merchant-api',
  'orders',
  'page-door',
  'races',
  'registration',
  'settle',
  'sweep',
].map((name) => `test/edge/${name}.test.ts`)

/**
 * One build: the page in two files, a third in the place of the second for links with extras, and one for links
 * that register a card; what stands in a
 * shop's frame, and the shop's loader (`dist/`); the server (`build/server.js`); and the sandbox's SDK
 * (`build/sandbox-sdk.js`), which no production answer contains.
 */
/** Pure rules, and what is about the SQLite file itself. */
const withoutStore = [
  'asking',
  'client-address',
  'decide-settlement',
  'group-commits',
  'growth',
  'iamport',
  'migrations',
  'outgoing',
  'public-address',
  'rules',
  'settings',
  'global-properties',
].map((name) => `test/edge/${name}.test.ts`)

export default defineConfig({
  plugins: [words(), screens(), plainImports(), builtBefore()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: drawsExtras(true),
  build: { modulePreload: false, target: 'es2022', reportCompressedSize: false },
  environments: {
    screens: {
      consumer: 'client',
      // A static host has one document for all links.
      define: drawsExtras(Boolean(process.env.VITE_EDGE_URL)),
      build: {
        outDir: 'dist',
        emptyOutDir: true,
        modulePreload: false,
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: { screens: 'src/page/screens.tsx' },
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: 'assets/[name]-[hash].js' },
        },
      },
    },
    extras: {
      consumer: 'client',
      build: {
        ...inDist,
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: { 'screens-extras': 'src/page/screens.tsx' },
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: 'assets/[name]-[hash].js' },
        },
      },
    },
    cards: {
      consumer: 'client',
      define: drawsExtras(false),
      build: {
        ...inDist,
        manifest: '.vite/cards.json',
        rolldownOptions: {
          input: { cards: 'src/page/card/main.tsx' },
          output: { entryFileNames: 'assets/[name]-[hash].js' },
        },
      },
    },
    frame: {
      consumer: 'client',
      build: {
        ...inDist,
        rolldownOptions: {
          input: { frame: 'src/page/embed/frame.ts' },
          output: { entryFileNames: 'assets/[name]-[hash].js' },
        },
      },
    },
    embed: {
      consumer: 'client',
      build: {
        ...inDist,
        rolldownOptions: {
          input: { embed: 'src/page/embed/loader.ts' },
          output: { format: 'iife', entryFileNames: '[name].js' },
        },
      },
    },
    client: { build: { outDir: 'dist', emptyOutDir: false, manifest: true, modulePreload: false } },
    server: {
      consumer: 'server',
      build: {
        outDir: 'build',
        copyPublicDir: false,
        emptyOutDir: true,
        target: 'esnext',
        rolldownOptions: {
          input: { server: 'src/edge/hosts/node/main.ts', operate: 'src/edge/hosts/node/operate.ts' },
          external: isOutside,
        },
      },
    },
    sandbox: {
      consumer: 'client',
      build: {
        outDir: 'build',
        copyPublicDir: false,
        emptyOutDir: false,
        rolldownOptions: {
          input: { 'sandbox-sdk': 'src/sandbox/sdk/main.ts' },
          output: { format: 'iife', entryFileNames: '[name].js' },
        },
      },
    },
    worker: forWorkerd('main', 'src/edge/hosts/workers/main.ts'),
    sandboxWorker: forWorkerd('sandbox', 'src/edge/hosts/workers/sandbox.ts'),
  },
  builder: {
    async buildApp(builder) {
      // In this order: the page names the screens' file.
      const page = ['screens', 'extras', 'cards', 'frame', 'embed', 'client']
      for (const name of [...page, 'server', 'sandbox', 'worker', 'sandboxWorker']) {
        const environment = builder.environments[name]
        if (environment) await builder.build(environment)
      }
      gatherWorkersAssets()
      packFiles('dist')
    },
  },
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    // Loading the same modules for each file took longer than most files' tests; a test cleans up after itself.
    isolate: false,
    // Many tests wait for processes: alone, a worker leaves a small machine idle.
    maxWorkers: 3,
    // Time-outs are for what hangs, not for what is slow on a loaded machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          env: { STORE: 'sqlite' },
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/journeys/**', 'test/postgres/**', 'test/workers/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          env: { STORE: 'postgres' },
          globalSetup: 'test/support/postgres-setup.ts',
          include: ['test/edge/*.test.ts', 'test/messages/queue.test.ts', 'test/postgres/*.test.ts'],
          exclude: withoutStore,
        },
      },
      {
        extends: true,
        test: {
          name: 'd1',
          env: { STORE: 'd1' },
          globalSetup: 'test/support/d1.ts',
          include: [...onD1, 'test/messages/queue.test.ts', 'test/workers/*.test.ts'],
        },
      },
    ],
  },
})
