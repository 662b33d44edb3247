// `npm run check`: format, lint, types and pure unit tests at the same time. The output of what fails comes last.
import { spawn } from 'node:child_process'

const commands = {
  'format and lint': 'biome check --error-on-warnings .',
  types: 'npm run --silent types',
  'unit tests': 'vitest run --project unit --reporter=dot',
}

const results = await Promise.all(Object.entries(commands).map(([name, command]) => run(name, command)))
const failed = results.filter(({ code }) => code !== 0)
for (const { name, output } of failed) process.stdout.write(`\n== ${name}\n${output}`)
process.exit(failed.length > 0 ? 1 : 0)

function run(name, command) {
  const startedAt = Date.now()
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  return new Promise((resolve) =>
    child.on('close', (code) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
      process.stdout.write(`${code === 0 ? 'ok    ' : 'failed'}  ${name} (${seconds} s)\n`)
      resolve({ name, code, output })
    }),
  )
}
