import { afterEach } from 'vitest'
import { type Server, startServer } from '../support/server.ts'

/** Starts servers for the tests of one file, and stops them after each test. */
export function useServers(): (env?: Record<string, string>) => Promise<Server> {
  const running: Server[] = []
  afterEach(async () => {
    for (const server of running.splice(0)) await server.stop('SIGKILL')
  })
  return async (env = {}) => {
    const server = await startServer(env)
    running.push(server)
    return server
  }
}
