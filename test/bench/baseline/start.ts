import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { join } from 'node:path'
import { freePort } from '../../support/server.ts'
import type { Ready } from './server.ts'

export interface Baseline {
  url: string
  pid: number
  stop: () => Promise<void>
}

export async function startBaseline(answers: Ready['answers'], database: string): Promise<Baseline> {
  const port = await freePort()
  const child = fork(join(import.meta.dirname, 'server.ts'), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const ready: Ready = { answers, database, port }
  child.send(ready)
  await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      const ended = once(child, 'exit')
      child.kill()
      await ended
    },
  }
}

/** Node adds these itself, on both sides. */
const ownHeaders = ['date', 'connection', 'keep-alive', 'transfer-encoding']

/** Records a response as sent over the wire. */
export function record(url: string): Promise<{ headers: string[]; body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers: { 'accept-encoding': 'br' } }, async (response) => {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks)
      const { rawHeaders } = response
      const headers: string[] = []
      for (let at = 0; at < rawHeaders.length; at += 2) {
        const name = rawHeaders[at]?.toLowerCase() ?? ''
        if (ownHeaders.includes(name) || name === 'content-length') continue
        headers.push(name, rawHeaders[at + 1] ?? '')
      }
      headers.push('content-length', String(body.length))
      resolve({ headers, body: body.toString('base64') })
    })
    request.on('error', reject)
  })
}
