// Runs a built worker in workerd with the bindings of wrangler.jsonc, in a process that can be killed. The
// parent sets the bindings (`RUN`) and may trigger the platform's scheduled event.
import { readFileSync } from 'node:fs'
import { Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions as optionsOf } from 'wrangler'

const { name, port, texts, folder, without, migrations } = JSON.parse(process.env.RUN)
const { workerOptions, main } = optionsOf('wrangler.jsonc', name)
const { d1Databases, ...options } = workerOptions
const path = main ?? `build/workers/${name || 'main'}/${name || 'main'}.js`
const workerd = new Miniflare({
  ...options,
  ...(without === 'DB' ? {} : { d1Databases }),
  name: 'dari',
  modules: [{ type: 'ESModule', path, contents: readFileSync(path, 'utf8') }],
  bindings: texts,
  port,
  host: '127.0.0.1',
  cf: false,
  defaultPersistRoot: folder,
  d1Persist: `${folder}/d1`,
  durableObjectsPersist: false,
})
await workerd.ready
if (without !== 'DB') {
  const d1 = await workerd.getD1Database('DB')
  const { results } = await d1.prepare("select 1 from sqlite_master where name = 'links'").all()
  if (results.length === 0) for (const sql of migrations) await d1.prepare(sql).run()
}

const calls = {
  async tick() {
    const { outcome } = await (await workerd.getWorker()).scheduled({ cron: '* * * * *' })
    return outcome
  },
  async write(sql) {
    const { meta } = await (await workerd.getD1Database('DB')).prepare(sql).run()
    return meta.changes
  },
}
process.on('message', async ({ call, sql }) => process.send(await calls[call](sql)))
process.on('disconnect', () => process.exit())
process.on('SIGTERM', async () => {
  await workerd.dispose()
  process.exit()
})
process.send('ready')
