// A running server loses its database by a lock or a full disk, and recovers.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { customerAt } from '../support/customer.ts'
import { gatewayAt } from '../support/gateway.ts'
import { merchantAt } from '../support/merchant.ts'
import type { Server } from '../support/server.ts'
import { useServers } from './servers.ts'

const start = useServers()

const lines = (server: Server, event: string) =>
  server
    .output()
    .split('\n')
    .filter((line) => line.includes(`"event":"${event}"`))

test('while another process locks the file, writes answer 503, reads work, and the server recovers', async () => {
  const server = await start({ SANDBOX: 'true', TRUST_PROXY: 'x-forwarded-for:1' })
  const merchant = merchantAt(server.url)
  const gateway = gatewayAt(`${server.url}/sandbox`)
  await merchant.control({ notice: 'never' })
  const customer = customerAt(server.url)
  const [paid, open] = [await merchant.create(), await merchant.create()]
  const { body } = await customer.checkout(paid.id)
  const { imp_uid } = await gateway.press(await gateway.open(body.params), 'approve')

  const holder = new DatabaseSync(server.database.slice('file:'.length))
  holder.exec('BEGIN IMMEDIATE')
  const writes = [
    () =>
      merchant.create().then(
        () => 200,
        (error: Error) => Number(error.message.slice(0, 3)),
      ),
    () => merchant.disable(open.id),
    () => customer.checkout(open.id).then(({ status }) => status),
    () => customer.settle(paid.id, imp_uid).then(({ status }) => status),
    () => customer.notice(paid.id, imp_uid).then(({ status }) => status),
  ]
  const statuses = Promise.all(writes.map((write) => write()))
  // Reads are served while the writes wait.
  const began = performance.now()
  expect((await customer.view(paid.id)).body.status).toBe('open')
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(performance.now() - began).toBeLessThan(2_000)
  expect(await statuses).toEqual([503, 503, 503, 503, 503])

  holder.exec('ROLLBACK')
  holder.close()
  expect((await customer.settle(paid.id, imp_uid)).body.status).toBe('paid')
  expect(await merchant.disable(open.id)).toBe(200)
  expect(lines(server, 'database.unavailable')).toHaveLength(1)
  expect(lines(server, 'database.available')).toHaveLength(1)
  expect(server.output()).not.toMatch(/\n\s+at |(request|timer|live)\.(poll_)?failed|(delivery|send)_error/)
})

test.skipIf(!existsSync('/usr/bin/prlimit'))(
  'while the disk is full nothing is acknowledged, and the server recovers when there is room',
  async () => {
    const server = await start()
    const merchant = merchantAt(server.url)
    const link = await merchant.create()
    const limit = (bytes: string) =>
      execFileSync('/usr/bin/prlimit', [`--pid=${server.pid}`, `--fsize=${bytes}`])
    limit('1:unlimited')
    await expect(merchant.create()).rejects.toThrow('503')
    expect((await customerAt(server.url).view(link.id)).status).toBe(200)
    limit('unlimited:unlimited')
    await merchant.create()
    expect(lines(server, 'database.unavailable')).toHaveLength(1)
    expect(lines(server, 'database.available')).toHaveLength(1)
  },
)

describe('an unusable database stops the start with one line:', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    [
      'a file that is not a database',
      (file) => writeFileSync(file, 'no database, '.repeat(1_000)),
      /is not a database/,
    ],
    [
      'a database of a newer version',
      (file) => {
        const database = new DatabaseSync(file)
        database.exec(
          "CREATE TABLE migrations (name TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT; INSERT INTO migrations VALUES ('999-tomorrow', 1)",
        )
        database.close()
      },
      /newer version of Dari has changed it \(999-tomorrow\)/,
    ],
  ])('%s', async (_, make, words) => {
    const folder = mkdtempSync(join(tmpdir(), 'dari-'))
    const file = join(folder, 'dari.db')
    make(file)
    const problem = await start({ DATABASE_URL: `file:${file}` }).then(
      () => 'it started',
      (error: Error) => error.message,
    )
    rmSync(folder, { recursive: true })
    expect(problem).toMatch(words)
    expect(problem).toMatch(/ended with 1:\n.*Dari cannot start: DATABASE_URL[^\n]*\n$/)
  })
})
