import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import type { MessagePreview } from '../../features/messages/preview.ts'
import { pageFiles } from './files/page-files.ts'
import { compressResponse } from './server/compress.ts'
import type { SandboxReach } from './server/sandbox-reach.ts'

interface Parts {
  /** Null outside sandbox mode. */
  sandbox: SandboxReach | null
  /** Folder of the built page. */
  dist: string
  /** Folder of the built server, with the sandbox's SDK beside it. */
  build: string
  metrics?: Hono
  /** Shows messages to customers, which the sandbox does not send. */
  preview?: MessagePreview
}

/** Adds to the edge what only Node provides: files, compression and, in sandbox mode, the sandbox's i'mport. */
export async function createHost(
  edge: Hono,
  { sandbox, dist, build, metrics, preview }: Parts,
): Promise<Hono> {
  const host = new Hono()
  host.use(compressResponse)
  if (metrics) host.route('/', metrics)
  if (sandbox) {
    // Loaded on demand: outside sandbox mode the process does not contain this code.
    const { createSandbox } = await import('../../../sandbox/sandbox.ts')
    const sdk = readFileSync(join(build, 'sandbox-sdk.js'), 'utf8')
    if (preview) {
      const { previewRoute } = await import('../../features/messages/preview-route.ts')
      host.route('/sandbox/messages', previewRoute(preview))
    }
    host.use('/sandbox/*', sandbox.remember)
    host.route('/sandbox', createSandbox({ sdk, now: Date.now, fetch: sandbox.fetch }))
    host.get('/', (c) => c.redirect('/docs'))
  }
  host.route('/', pageFiles(dist))
  // Not mounted by `route`, so that the edge keeps its own error and not-found handlers.
  host.all('*', (c) => edge.fetch(c.req.raw, c.env))
  return host
}
