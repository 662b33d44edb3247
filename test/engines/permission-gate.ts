// Stands between a browser and an edge, and holds the permissions to open a payment window back for as long as a test
// says: so a press comes before its permission on the fastest machine as well.
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PermissionGate {
  url: string
  hold: () => void
  release: () => void
  close: () => Promise<void>
}

/** @param port of the edge on this computer */
export async function openPermissionGate(port: number): Promise<PermissionGate> {
  let opened = Promise.resolve()
  let release = () => {}
  const server = createServer(async (asked, answer) => {
    const { method, url = '', headers } = asked
    if (url.endsWith('/checkout')) await opened
    const passed = request({ host: 'localhost', port, method, path: url, headers }, (said) => {
      answer.writeHead(said.statusCode ?? 502, said.headers)
      said.pipe(answer)
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    hold() {
      opened = new Promise((resolve) => {
        release = resolve
      })
    },
    release: () => release(),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
