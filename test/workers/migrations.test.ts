// Wrangler applies the migrations unchanged to a database with data.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Miniflare } from 'miniflare'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const migrations = join(root, 'src/edge/store/migrations')
const id = 'a'.repeat(18)

/** As `wrangler dev --env sandbox` stores it. */
const openLocal = (folder: string) =>
  new Miniflare({
    modules: true,
    script: 'export default {}',
    d1Databases: { DB: 'sandbox' },
    d1Persist: join(folder, 'v3/d1'),
    cf: false,
  })

async function within<Answer>(folder: string, work: (d1: D1) => Promise<Answer>): Promise<Answer> {
  const workerd = openLocal(folder)
  try {
    return await work(await workerd.getD1Database('DB'))
  } finally {
    await workerd.dispose()
  }
}

type D1 = Awaited<ReturnType<Miniflare['getD1Database']>>

test('the migrations keep the data of an older D1 database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dari-d1-'))
  await within(folder, async (d1) => {
    const run = (text: string) => d1.prepare(text).run()
    await run(readFileSync(join(migrations, '001-links.sql'), 'utf8'))
    await run(`create table d1_migrations (id integer primary key autoincrement, name text unique,
      applied_at timestamp default current_timestamp not null)`)
    await run("insert into d1_migrations (name) values ('001-links.sql')")
    await run(`insert into links (id, user_code, tier, merchant_uid, content_hash, status, move_id, title, name, amount,
      currency, notice_url, methods, direct, created_at, expires_at) values ('${id}', 'imp1', '', 'order', 'h', 'open',
      'm', 't', 'n', 1000, 'KRW', 'https://shop.example/n', '[{}]', 0, 1, 2)`)
    await run(`insert into events values ('evt_1', '${id}', 'https://shop.example/n', '{}', 5, 7, 1, null)`)
  })
  const wrangler = ['node_modules/wrangler/bin/wrangler.js', 'd1', 'migrations', 'apply', 'DB', '--local']
  execFileSync(
    join(root, 'node_modules/node/bin/node'),
    [...wrangler, '--env', 'sandbox', '--persist-to', folder],
    {
      cwd: root,
      env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
    },
  )
  const kept = await within(folder, async (d1) => {
    const all = async (text: string) => (await d1.prepare(text).all()).results as Record<string, unknown>[]
    return {
      names: (await all('select name from d1_migrations order by name')).map(({ name }) => name),
      events: await all('select id, link_id, user_code from events'),
      broken: await all('pragma foreign_key_check'),
    }
  })
  expect(kept).toEqual({
    names: readdirSync(migrations).filter((name) => name.endsWith('.sql')),
    events: [{ id: 'evt_1', link_id: id, user_code: 'imp1' }],
    broken: [],
  })
})
