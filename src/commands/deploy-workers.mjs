// `npm run deploy:workers`: builds, brings the tables of the D1 database up to date, deploys.
import { ensureBuilt, ensureInstalled } from './prepare.mjs'
import { wrangler } from './wrangler.mjs'

if (process.argv.length > 2) {
  const dryRun = 'npx wrangler deploy --dry-run --env='
  process.stderr.write(`npm run deploy:workers has no options; to see what would be deployed: ${dryRun}\n`)
  process.exit(2)
}
process.chdir(new URL('../..', import.meta.url).pathname)
ensureInstalled()
ensureBuilt()
// Not the environment of `dev:workers`.
wrangler(['d1', 'migrations', 'apply', 'DB', '--remote', '--env='])
wrangler(['deploy', '--env='])
