import { isBuiltin } from 'node:module'
import type { EnvironmentOptions } from 'vite'

/** Packages and Node's own modules stay outside the server bundle; the compiler's own runtime is in no package of ours. */
const isOutside = (id: string) => isBuiltin(id) || /^(?!@oxc-project\/|virtual:)[@a-z]/.test(id)

/** Whether a part of the build draws what only some links show: `import.meta.env.EXTRAS`, gone where it is false. */
export const drawsExtras = (draws: boolean) => ({ 'import.meta.env.EXTRAS': String(draws) })

/** Kept for ever, because its name changes with it. */
const hashed = { entryFileNames: 'assets/[name]-[hash].js' }

/** A file of its own in `dist/`, beside whatever is there. */
const inDist = { outDir: 'dist', emptyOutDir: false, copyPublicDir: false, modulePreload: false } as const

/** One file with everything in it, for a runtime that knows web standards and its own modules alone. */
const forWorkerd = (name: string, input: string): EnvironmentOptions => ({
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
})

/**
 * One build: the page in two files, a third in the place of the second for links with extras, and one for links that
 * register a card; what stands in a shop's frame, and the shop's loader (`dist/`); the server and what an operator runs
 * (`build/`); the sandbox's SDK, which no production answer contains; and the worker, with and without the sandbox
 * (`build/workers/`).
 */
export const environments: Record<string, EnvironmentOptions> = {
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
        input: { screens: 'src/page/entry/late-script.tsx' },
        preserveEntrySignatures: 'strict',
        output: hashed,
      },
    },
  },
  extras: {
    consumer: 'client',
    build: {
      ...inDist,
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { 'screens-extras': 'src/page/entry/late-script.tsx' },
        preserveEntrySignatures: 'strict',
        output: hashed,
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
        output: hashed,
      },
    },
  },
  frame: {
    consumer: 'client',
    build: {
      ...inDist,
      rolldownOptions: {
        input: { frame: 'src/page/embed/frame.ts' },
        output: hashed,
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
}

/** In this order: the page names the screens' file, and the worker holds what was built before. */
export const inOrder = [
  'screens',
  'extras',
  'cards',
  'frame',
  'embed',
  'client',
  'server',
  'sandbox',
  'worker',
  'sandboxWorker',
]
