import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Settings } from '../../../config/settings.ts'

/** A connection kept alive may fall idle while the others are waited for. */
const idleEveryMs = 100

export interface Listening {
  /** Resolves when every request under way has its answer. */
  close(): Promise<void>
}

/** Rejects with one line that names the setting when the address cannot be had. */
export function listen(
  app: Hono,
  { port, host }: Pick<Settings, 'host'> & { port: number },
  /** What the names of its settings begin with. */
  prefix: '' | 'METRICS_' = '',
  /** What sees each request before the app does, and may answer it. */
  before: (rest: RequestListener) => RequestListener = (rest) => rest,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const create = (options: ServerOptions, rest: RequestListener) => createServer(options, before(rest))
    const where = { port, ...(host && { hostname: host }) }
    const server = serve({ fetch: app.fetch, createServer: create as typeof createServer, ...where }, () => {
      server.off('error', refuse)
      resolve({ close: () => close(server) })
    }) as Server
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `${prefix}PORT: ${port} is already in use`
            : `${prefix}HOST, ${prefix}PORT: ${error.message}`,
        ),
      )
    server.on('error', refuse)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const closing = setInterval(() => server.closeIdleConnections(), idleEveryMs)
    server.close(() => {
      clearInterval(closing)
      resolve()
    })
    server.closeIdleConnections()
  })
}
