// Cloudflare's own tool, as it is run here: by the project's Node, without telemetry, news of itself or questions.
import { ownNode, run } from './prepare.mjs'

export const program = 'node_modules/wrangler/bin/wrangler.js'

export const quietly = {
  ...process.env,
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  // Where a request comes from on earth says nothing on one's own computer, and costs a request at every start.
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

export function wrangler(args, options = {}) {
  run(ownNode, [program, ...args], { env: quietly, ...options })
}
