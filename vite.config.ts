import { isBuiltin } from 'node:module'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { isLanguage } from './src/contract/language.ts'
import { resolveWords } from './src/contract/words/resolve.ts'

/** `virtual:words/ko`: the sentences of one language as i18next resolves them. */
function words(): Plugin {
  const prefix = 'virtual:words/'
  return {
    name: 'words',
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      const language = id.startsWith(`\0${prefix}`) && id.slice(prefix.length + 1)
      return isLanguage(language) ? `export default ${JSON.stringify(resolveWords(language))}` : undefined
    },
  }
}

/**
 * The entry is also written into a document at another path, where `./chunk.js` would lead nowhere:
 * what it imports later is named from the root.
 */
function importsFromRoot(): Plugin {
  return {
    name: 'imports-from-root',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry) {
          chunk.code = chunk.code.replaceAll(/import\((["'`])\.\//g, 'import($1/assets/')
        }
      }
    },
    applyToEnvironment: ({ name }) => name === 'client',
  }
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

/** Packages and Node's own modules stay outside the server bundle; the compiler's own runtime is in no package of ours. */
const isOutside = (id: string) => isBuiltin(id) || /^(?!@oxc-project\/)[@a-z]/.test(id)

/**
 * One build, three parts: the static page (`dist/`), the server (`build/server.js`)
 * and the sandbox's SDK (`build/sandbox-sdk.js`), which no production answer contains.
 */
export default defineConfig({
  plugins: [words(), plainImports(), importsFromRoot()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { modulePreload: false, target: 'es2022', reportCompressedSize: false },
  environments: {
    client: { build: { outDir: 'dist', manifest: true, modulePreload: false } },
    server: {
      consumer: 'server',
      build: {
        outDir: 'build',
        copyPublicDir: false,
        emptyOutDir: true,
        target: 'esnext',
        rolldownOptions: { input: { server: 'src/edge/hosts/node/main.ts' }, external: isOutside },
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
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment)
      }
    },
  },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/journeys/**'],
  },
})
