// `npm run serve`: the built server in this process, or one line that says what is missing.
import { existsSync } from 'node:fs'

/** The version that the package `node`, a dependency, brings; npm puts it first in the path of its scripts. */
const minNodeMajor = 24

process.chdir(new URL('../..', import.meta.url).pathname)
if (Number.parseInt(process.versions.node, 10) < minNodeMajor)
  stop(
    `Node ${minNodeMajor} is needed and this is ${process.versions.node}: run npm ci --omit=dev, which brings it, then npm run serve`,
  )
if (!existsSync('build/server.js') || !existsSync('dist/.vite/manifest.json'))
  stop('there is no build: run npm ci && npm run build, or npm start, which does both')

await import('../../build/server.js').catch((error) => {
  const missing =
    error.code === 'ERR_MODULE_NOT_FOUND' && /^Cannot find package '([^']+)'/.exec(error.message)
  if (!missing) throw error
  stop(`the package ${missing[1]} is not installed: run npm ci --omit=dev`)
})

function stop(problem) {
  process.stderr.write(`Dari cannot start: ${problem}\n`)
  process.exit(1)
}
