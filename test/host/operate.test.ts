// The operator's commands beside a running server on the same file.
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openSqlite } from '../../src/edge/hosts/node/database/sqlite/sqlite.ts'
import { backupCommand } from '../../src/edge/hosts/node/operations/backup.ts'
import { reconcileCommand } from '../../src/edge/hosts/node/operations/reconcile-since.ts'
import { transferCommand } from '../../src/edge/hosts/node/transfer/main.ts'
import { customerAt } from '../support/customer.ts'
import { operate } from '../support/operate.ts'
import { raiseStage } from '../support/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'dari-operate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string) => `file:${join(folder, name)}`
const empty = (name: string) => {
  openSqlite(join(folder, name)).close()
  return file(name)
}

/** Runs a command in this process and captures its output and exit code. */
async function say(command: (args: string[]) => Promise<number>, ...args: string[]) {
  const output = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((end) =>
    vi.spyOn(process[end], 'write').mockImplementation((text) => {
      output[end] += text
      return true
    }),
  )
  const code = await command(args)
  for (const spy of spies) spy.mockRestore()
  return { code, ...output }
}

describe('wrong arguments print the right usage and change nothing:', () => {
  test.each<[string, (args: string[]) => Promise<number>, string[], RegExp]>([
    ['no arguments', transferCommand, [], /^--from and --to are both required\n/],
    ['only one database', transferCommand, ['--from', file('a.db')], /^--from and --to are both required\n/],
    [
      'the same database twice',
      transferCommand,
      ['--from', file('a.db'), '--to', file('a.db')],
      /are the same/,
    ],
    [
      'a path without a scheme',
      transferCommand,
      ['--from', 'a.db', '--to', file('b.db')],
      /file:… or postgres:/,
    ],
    ['an unknown option', transferCommand, ['--form', file('a.db')], /^Unknown option '--form'/],
    [
      '--unseal with another option',
      transferCommand,
      ['--unseal', file('a.db'), '--seal'],
      /--unseal goes alone/,
    ],
    ['a backup without a destination', backupCommand, ['--from', file('a.db')], /^--to is required\n/],
    ['a backup of PostgreSQL', backupCommand, ['--from', 'postgres://x/y', '--to', folder], /use pg_dump/],
    ['a time without a zone', reconcileCommand, ['--since', '2026-11-20T04:00'], /moment with its zone/],
  ])('%s', async (_, command, args, words) => {
    const { code, stdout, stderr } = await say(command, ...args)
    expect(stderr).toMatch(words)
    expect([code, stdout]).toEqual([2, ''])
    expect(readdirSync(folder)).toEqual([])
  })
  test('each command prints its usage with --help', async () => {
    for (const [name, command] of Object.entries({
      backup: backupCommand,
      'db:transfer': transferCommand,
      reconcile: reconcileCommand,
    })) {
      const { code, stdout, stderr } = await say(command, '--help')
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`npm run ${name} -- --`)
    }
  })
})

test('a failed transfer prints one line without a password', async () => {
  const from = empty('from.db')
  const secret = 'postgres://dari:S3CRET@127.0.0.1:1/dari'
  for (const [args, words] of [
    [['--from', file('none.db'), '--to', file('to.db')], /there is no file/],
    [
      ['--from', from, '--to', secret],
      /database "dari" at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\n$/,
    ],
    [['--from', secret, '--to', from], /cannot be reached/],
  ] as const) {
    const { code, stderr } = await say(transferCommand, ...args)
    expect(stderr).toMatch(words)
    expect(stderr).toMatch(/^Not moved: [^\n]+\n$/)
    expect(stderr).not.toContain('S3CRET')
    expect(code).toBe(1)
  }
})

test('a backup creates a missing folder, which takes more than one backup', async () => {
  const from = empty('daily.db')
  const to = join(folder, 'backups', 'daily')
  for (const _ of ['first', 'second'])
    expect(await say(backupCommand, '--from', from, '--to', to)).toMatchObject({ code: 0, stderr: '' })
  expect(readdirSync(to)).toEqual([
    expect.stringMatching(/^dari-.*\.db$/),
    expect.stringMatching(/^dari-.*\.db$/),
  ])
})

test('--unseal does not create a missing file', async () => {
  const { code, stdout, stderr } = await say(transferCommand, '--unseal', file('mistyped.db'))
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^Not unsealed: there is no file [^\n]+mistyped\.db\n$/)
  expect(existsSync(join(folder, 'mistyped.db'))).toBe(false)
})

test('a transfer keeps every character, amount and number, and the locked source can be unlocked', async () => {
  const from = empty('whole.db')
  const text = `한글 العربية 🧡👩‍👩‍👧 "quoted" \\back\\ {curly},NULL \u{10FFFF}\u0001\t\r\n’`
  const id = '0123456789abcdefgh'
  const database = new DatabaseSync(join(folder, 'whole.db'))
  database
    .prepare(
      `INSERT INTO links (id, user_code, tier, merchant_uid, content_hash, status, move_id, title, name, amount,
        currency, methods, direct, created_at, expires_at) VALUES (?, 'imp1', '', 'o', '', 'open', 'm', ?, '', ?, 'KRW', '[{}]', 0,
        1, ?)`,
    )
    .run(id, text, 9_007_199_254_740_993n, 9_223_372_036_854_775_807n)
  database.exec(`INSERT INTO history (id, link_id, at, to_status, why) VALUES ('h1', '${id}', 1, 'open', 'created');
    INSERT INTO history (id, link_id, at, to_status, why) VALUES ('h2', '${id}', 1, 'open', 'x');
    DELETE FROM history WHERE id = 'h2'`)

  expect(await operate('db:transfer', ['--from', from, '--to', file('copy.db'), '--seal'])).toMatchObject({
    code: 0,
  })
  expect(() => database.exec("UPDATE links SET title = 'x'")).toThrow(
    'its data has moved to another database',
  )
  const copied = new DatabaseSync(join(folder, 'copy.db'))
  const link = copied
    .prepare('SELECT title, CAST(amount AS TEXT) AS amount, CAST(expires_at AS TEXT) AS ends FROM links')
    .get()
  expect(link).toEqual({ title: text, amount: '9007199254740993', ends: '9223372036854775807' })
  // An assigned number is not assigned again.
  copied.exec(`INSERT INTO history (id, link_id, at, to_status, why) VALUES ('h3', '${id}', 1, 'open', 'x')`)
  expect(copied.prepare("SELECT seq FROM history WHERE id = 'h3'").get()).toEqual({ seq: 3 })
  copied.close()

  expect(await operate('db:transfer', ['--from', from, '--to', file('other.db')])).toMatchObject({ code: 1 })
  expect(existsSync(join(folder, 'other.db'))).toBe(false)
  expect(await operate('migrate', ['--unseal', from])).toMatchObject({ code: 0 })
  database.exec("UPDATE links SET title = 'x'")
  database.close()
})

test('after a restore, i’mport is asked, and payments made since the backup are found', async () => {
  const stage = await raiseStage({ edges: 1 })
  onTestFinished(stage.close)
  const { merchant, gateway, file: path, env } = stage
  const [edge] = stage.edges
  const { url = '', port = 0 } = edge ?? {}
  await gateway.control({ notice: 'never' })
  const customer = customerAt(url)
  const links = [await merchant.create(), await merchant.create(), await merchant.create()]
  const [before, after, open] = links.map(({ id }) => id) as [string, string, string]
  const { body: early } = await customer.checkout(before)

  const saved = join(folder, 'saved.db')
  const since = new Date().toISOString()
  const backup = await operate('backup', ['--to', saved], { DATABASE_URL: env.DATABASE_URL ?? '' })
  expect(backup).toMatchObject({ code: 0, stdout: expect.stringMatching(/saved\.db: whole, with 3 links, /) })
  expect(statSync(saved).mode & 0o777).toBe(0o600)
  expect(await operate('backup', ['--to', saved], { DATABASE_URL: env.DATABASE_URL ?? '' })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is there already'),
  })

  const { body: late } = await customer.checkout(after)
  for (const { params } of [early, late]) {
    const { imp_uid } = await gateway.press(await gateway.open(params), 'approve')
    await customer.settle(params === early.params ? before : after, imp_uid)
  }
  const lost = await merchant.create()
  expect((await customer.view(after)).body.status).toBe('paid')

  await edge?.stop('SIGTERM')
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
  copyFileSync(saved, path)
  const reconciled = await operate('reconcile', ['--since', since], env)
  expect(reconciled).toMatchObject({ code: 0, stderr: '' })
  expect(reconciled.stdout).toMatch(/^3 links to ask about, 3 answers, 2 moves\n/)

  await stage.startEdge(port)
  expect((await customer.view(before)).body.status).toBe('paid')
  expect((await customer.view(after)).body.status).toBe('paid')
  expect((await customer.view(open)).body.status).toBe('open')
  expect((await customer.view(lost.id)).status).toBe(404)
})
