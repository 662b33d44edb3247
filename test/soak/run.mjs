// `npm run soak`: the tests that take minutes. `SEED` and `KILLS` vary them.
import { ensureBuilt, ensureInstalled } from '../../src/commands/prepare.mjs'

process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()
const { default: setRunFolder } = await import('../support/run-folder.ts')
const leaveRunFolder = setRunFolder()
const { besiege } = await import('./kills.ts')
const { createDatabase, startPostgresServer } = await import('../support/postgres-server.ts')
const { seedOf } = await import('../support/random.ts')

const began = Date.now()
const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
const say = (line) => process.stdout.write(`${seconds().padStart(8)}  ${line}\n`)
let postgres
try {
  const siege = { kills: Number(process.env.KILLS ?? 50), seed: seedOf('kills'), say, patience: 'wait' }
  say('one process on SQLite')
  await besiege(siege)
  postgres = await startPostgresServer({ durable: true })
  say('four processes on PostgreSQL, and itself')
  await createDatabase(postgres, 'siege')
  const { stop, start } = postgres
  const other = { name: 'PostgreSQL', kill: () => stop('immediate'), raise: () => start() }
  await besiege({ ...siege, kills: 2 * siege.kills, edges: 4, database: postgres.url('siege'), other })
  say('every acknowledgement was kept')
} catch (error) {
  say(error.stack)
  process.exitCode = 1
} finally {
  await postgres?.close()
  leaveRunFolder()
}
