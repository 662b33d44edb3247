import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Settings } from '../../../config/settings.ts'

/** Keep-alive connections may become idle while the server waits for others. */
const closeIdleEveryMs = 100

export interface Listening {
  /** Resolves when all requests in flight are answered. */
  close(): Promise<void>
}

/** Rejects with one line that names the setting if the address is not available. */
export function listen(
  app: Hono,
  { port, host }: Pick<Settings, 'host'> & { port: number },
  /** Prefix of the settings' names. */
  prefix: '' | 'METRICS_' = '',
  /** Wraps the app's listener. */
  wrap: (next: RequestListener) => RequestListener = (next) => next,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const create = (options: ServerOptions, next: RequestListener) => createServer(options, wrap(next))
    const where = { port, ...(host && { hostname: host }) }
    const server = serve({ fetch: app.fetch, createServer: create as typeof createServer, ...where }, () => {
      server.off('error', fail)
      resolve({ close: () => close(server) })
    }) as Server
    const fail = (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `${prefix}PORT: ${port} is already in use`
            : `${prefix}HOST, ${prefix}PORT: ${error.message}`,
        ),
      )
    server.on('error', fail)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const closing = setInterval(() => server.closeIdleConnections(), closeIdleEveryMs)
    server.close(() => {
      clearInterval(closing)
      resolve()
    })
    server.closeIdleConnections()
  })
}
