// The built server on a real socket, under invalid HTTP.
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dumpFile } from '../support/books.ts'
import { pause } from '../support/pause.ts'
import { chanceOf, seedOf } from '../support/random.ts'
import { raiseStage, type Stage } from '../support/stage.ts'
import { type Assault, assaultOn } from './wire.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const patienceMs = 15_000

let stage: Stage
beforeAll(async () => {
  stage = await raiseStage({ edges: 1 })
})
afterAll(() => stage.close())

/** The whole response until the server closes the connection. */
function assail(port: number, { name, parts }: Assault): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: 'localhost' })
    let response = ''
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`${name}: the line stayed open after "${response.slice(0, 200)}"`))
    }, patienceMs)
    socket.on('data', (data) => {
      response += data.toString('latin1')
    })
    // The server may close the connection in the middle of an invalid request.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(response)
    })
    socket.on('connect', async () => {
      for (const part of parts) {
        if (!socket.writable) return
        socket.write(part)
        await pause(2)
      }
      if (socket.writable) socket.end()
    })
  })
}

test('400 invalid requests on the socket: no 5xx, no hang, nothing changed, and the server still serves', async () => {
  const chance = chanceOf(seedOf('wire'))
  const { edges, merchant, file } = stage
  const [edge] = edges
  const link = await merchant.create()
  const before = dumpFile(file)
  const statuses: Record<string, number> = {}
  for (let round = 0; round < 20; round++) {
    const assaults = Array.from({ length: 20 }, () => assaultOn(link.id, chance))
    const answers = await Promise.all(assaults.map((assault) => assail(edge?.port ?? 0, assault)))
    for (const [at, response] of answers.entries()) {
      const name = assaults[at]?.name
      const found = [...response.matchAll(/HTTP\/1\.1 (\d{3})[^\r]*\r\n([\s\S]*?)\r\n\r\n/g)]
      for (const [, status = '', headers = ''] of found) {
        statuses[status] = (statuses[status] ?? 0) + 1
        expect(Number(status), `${name}: ${response.slice(0, 300)}`).toBeLessThan(500)
        expect(headers, name).not.toContain('m4rk3r')
        if (/content-type: text\/html/i.test(headers))
          expect(response, name).not.toContain('<script>alert("m4rk3r')
      }
      if (found.length === 0) statuses.none = (statuses.none ?? 0) + 1
    }
  }
  process.stdout.write(`wire: answers ${JSON.stringify(statuses)}\n`)
  expect((await fetch(`${edge?.url}/links/${link.id}`)).status).toBe(200)
  expect(dumpFile(file)).toBe(before)
  expect(edge?.output()).not.toContain('request.failed')
})
