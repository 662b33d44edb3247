// `vite` and `npm run dev`: Vite in front, the edge behind it in a process of its own.
import type { Plugin } from 'vite'
import { createDevEdge } from './dev-edge.ts'

/** Everything except Vite's own paths and the sources that it transforms is answered by the edge. */
const edgePaths = '^/(?!@|__|src/|node_modules/|index\\.html)'

/** What the built page's policy forbids and hot reload needs: inline styles, a WebSocket, unhashed scripts. */
const policyHeaders = ['content-security-policy', 'content-security-policy-report-only']

/** @param staticEdgeUrl edge of a static page (`VITE_EDGE_URL`): the page comes from `index.html` and no edge is started */
export async function devServer(staticEdgeUrl: string | undefined): Promise<Plugin> {
  const port = Number(process.env.PORT ?? 3000)
  const edge = staticEdgeUrl ? undefined : await createDevEdge(`http://localhost:${port}`)
  return {
    name: 'dev-server',
    config: () => ({
      // Components reach the browser by a dynamic import of a virtual address, which the scan for dependencies cannot follow.
      optimizeDeps: { entries: ['src/page/entry/{main.ts,screens.tsx}', 'src/page/card/main.tsx'] },
      server: {
        port,
        strictPort: true,
        ...(edge && {
          proxy: {
            [edgePaths]: {
              target: `http://127.0.0.1:${edge.port}`,
              // A request that arrives during a restart waits for its end.
              bypass: () => edge.ready(),
              configure: (proxy) =>
                proxy.on('proxyRes', ({ headers }) => {
                  for (const name of policyHeaders) delete headers[name]
                }),
            },
          },
        }),
      },
    }),
    configureServer(server) {
      server.httpServer?.once('listening', () => void edge?.start())
      server.httpServer?.once('close', () => void edge?.stop())
    },
    // In the place of the built file's address.
    resolveId: (id) => (id === 'virtual:screens' ? '\0virtual:dev-screens' : undefined),
    load: (id) =>
      id === '\0virtual:dev-screens' ? `export default '/src/page/entry/late-script.tsx'` : undefined,
    enforce: 'pre',
  }
}
