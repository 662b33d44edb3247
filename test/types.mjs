// Checks every room against its own tsconfig: what a room may see of the world is held by its `lib` and `types`.
import { spawnSync } from 'node:child_process'

const rooms = [
  'src/bundle',
  'src/contract',
  'src/page',
  'src/edge',
  'src/edge/hosts',
  'src/edge/hosts/workers',
  'src/sandbox',
  'src/sandbox/sdk',
  'test',
]
let failed = false
for (const room of rooms) {
  const { status } = spawnSync('tsc', ['-p', room], { stdio: 'inherit', shell: process.platform === 'win32' })
  failed ||= status !== 0
}
process.exit(failed ? 1 : 0)
