// A proxy between a browser and an edge that holds checkout requests back until the test releases them, so
// that a press precedes its permission on any machine.
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
  const server = createServer(async (incoming, outgoing) => {
    const { method, url = '', headers } = incoming
    if (url.endsWith('/checkout')) await opened
    const upstream = request({ host: 'localhost', port, method, path: url, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(outgoing)
    })
    upstream.on('error', () => outgoing.destroy())
    outgoing.on('close', () => upstream.destroy())
    incoming.pipe(upstream)
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
