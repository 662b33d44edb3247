// The built server on a real socket, under what no library would send.
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

/** Everything that came back until the server, having nothing more to wait for, closed the line. */
function assail(port: number, { name, parts }: Assault): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: 'localhost' })
    let said = ''
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error(`${name}: the line stayed open after "${said.slice(0, 200)}"`))
    }, patienceMs)
    socket.on('data', (data) => {
      said += data.toString('latin1')
    })
    // The server may hang up in the middle of what it does not want to hear.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(said)
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

test('400 assaults on the socket: no 5xx, no hang, nothing changed, and the server still serves', async () => {
  const chance = chanceOf(seedOf('wire'))
  const { edges, merchant, file } = stage
  const [edge] = edges
  const link = await merchant.create()
  const before = dumpFile(file)
  const statuses: Record<string, number> = {}
  for (let round = 0; round < 20; round++) {
    const assaults = Array.from({ length: 20 }, () => assaultOn(link.id, chance))
    const answers = await Promise.all(assaults.map((assault) => assail(edge?.port ?? 0, assault)))
    for (const [at, said] of answers.entries()) {
      const name = assaults[at]?.name
      const found = [...said.matchAll(/HTTP\/1\.1 (\d{3})[^\r]*\r\n([\s\S]*?)\r\n\r\n/g)]
      for (const [, status = '', headers = ''] of found) {
        statuses[status] = (statuses[status] ?? 0) + 1
        expect(Number(status), `${name}: ${said.slice(0, 300)}`).toBeLessThan(500)
        expect(headers, name).not.toContain('m4rk3r')
        if (/content-type: text\/html/i.test(headers))
          expect(said, name).not.toContain('<script>alert("m4rk3r')
      }
      if (found.length === 0) statuses.none = (statuses.none ?? 0) + 1
    }
  }
  process.stdout.write(`wire: answers ${JSON.stringify(statuses)}\n`)
  expect((await fetch(`${edge?.url}/links/${link.id}`)).status).toBe(200)
  expect(dumpFile(file)).toBe(before)
  expect(edge?.output()).not.toContain('request.failed')
})
