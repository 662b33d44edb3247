// Loads SQL files as text, like Vite's build.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.sql?raw')) return next(url, context)
    const text = readFileSync(new URL(url.replace('?raw', '')), 'utf8')
    return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)}` }
  },
})
