// A proxy between a browser and an edge that holds checkout requests back until the test releases them, so
// that a press
// precedes its permission on any machine.
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PermissionGate {
  url: string
  hold: () => void
  release: () => void
  close: () => Promise<void>
}

/** @param port of the edge on localhost */
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
