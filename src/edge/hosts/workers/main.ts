// Cloudflare Workers: what `npm run deploy:workers` puts there.
import { serveEdge } from './serve.ts'

export default serveEdge()
