import type { PluginOption } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { builtBefore } from './src/bundle/built-before.ts'
import { drawsExtras, environments, inOrder } from './src/bundle/environments.ts'
import { gatherWorkersAssets, packFiles } from './src/bundle/files.ts'
import { plainImports, screens } from './src/bundle/screens.ts'
import { words } from './src/bundle/words.ts'
import { projects } from './test/projects.ts'

/** Only `vite` itself: tests and the build need neither hot reload nor an edge. */
async function devPlugins(): Promise<PluginOption[]> {
  const [{ devServer }, { default: prefresh }] = await Promise.all([
    import('./src/bundle/dev-server.ts'),
    import('@prefresh/vite'),
  ])
  return [devServer(process.env.VITE_EDGE_URL), await prefresh()]
}

export default defineConfig(
  ({ command, isPreview }): ViteUserConfig => ({
    plugins: [
      words(),
      screens(),
      plainImports(),
      builtBefore(),
      command === 'serve' && !isPreview && !process.env.VITEST && devPlugins(),
    ],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: drawsExtras(true),
    build: { modulePreload: false, target: 'es2022', reportCompressedSize: false },
    // Made by the build alone: each would cost a server and the tests a module graph of its own.
    ...(command === 'build' && { environments }),
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
  }),
)
