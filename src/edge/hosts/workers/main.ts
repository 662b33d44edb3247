// The worker that `npm run deploy:workers` deploys.
import { serveEdge } from './serve.ts'

export default serveEdge()
