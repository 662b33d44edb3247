// `npm run deploy:workers`: builds, brings the tables of the D1 database up to date, deploys.
import { ensureBuilt, ensureInstalled } from './prepare.mjs'
import { wrangler } from './wrangler.mjs'

process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()
// Not the environment of `dev:workers`.
wrangler(['d1', 'migrations', 'apply', 'DB', '--remote', '--env='])
wrangler(['deploy', '--env='])
