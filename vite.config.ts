import { defineConfig } from 'vitest/config'
import { builtBefore } from './src/bundle/built-before.ts'
import { drawsExtras, environments, inOrder } from './src/bundle/environments.ts'
import { gatherWorkersAssets, packFiles } from './src/bundle/files.ts'
import { plainImports, screens } from './src/bundle/screens.ts'
import { words } from './src/bundle/words.ts'
import { projects } from './test/projects.ts'

export default defineConfig({
  plugins: [words(), screens(), plainImports(), builtBefore()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: drawsExtras(true),
  build: { modulePreload: false, target: 'es2022', reportCompressedSize: false },
  environments,
  builder: {
    async buildApp(builder) {
      for (const name of inOrder) {
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
    projects,
  },
})
