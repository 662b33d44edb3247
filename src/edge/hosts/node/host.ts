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
  /** What the sandbox would have sent to customers. */
  shelf?: MessagePreview
}

/** The edge with what only this host has: files, compression and, in sandbox mode, the pretend i'mport. */
export async function createHost(edge: Hono, { sandbox, dist, build, metrics, shelf }: Parts): Promise<Hono> {
  const host = new Hono()
  host.use(compressResponse)
  if (metrics) host.route('/', metrics)
  if (sandbox) {
    // Loaded only here: outside sandbox mode its code is not in the process.
    const { createSandbox } = await import('../../../sandbox/sandbox.ts')
    const sdk = readFileSync(join(build, 'sandbox-sdk.js'), 'utf8')
    if (shelf) {
      const { previewRoute: shelfDoor } = await import('../../features/messages/preview-route.ts')
      host.route('/sandbox/messages', shelfDoor(shelf))
    }
    host.use('/sandbox/*', sandbox.remember)
    host.route('/sandbox', createSandbox({ sdk, now: Date.now, fetch: sandbox.fetch }))
    host.get('/', (c) => c.redirect('/docs'))
  }
  host.route('/', pageFiles(dist))
  // Not mounted as a part: the edge keeps its own answers to errors and unknown addresses.
  host.all('*', (c) => edge.fetch(c.req.raw, c.env))
  return host
}
