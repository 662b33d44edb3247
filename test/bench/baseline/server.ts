// The leanest Node server: responses from memory, and one row per order. A process of its own, like Dari; it
// receives the responses over IPC before it listens.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

export interface Ready {
  /** Dari's recorded responses by path, byte for byte. */
  answers: Record<string, { headers: string[]; body: string }>
  /** An SQLite file for the orders. */
  database: string
  port: number
}

process.once('message', ({ answers, database: file, port }: Ready) => {
  const ready = new Map(
    Object.entries(answers).map(([path, { headers, body }]) => [
      path,
      { headers, body: Buffer.from(body, 'base64') },
    ]),
  )
  const database = new DatabaseSync(file)
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    CREATE TABLE orders (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  `)
  const insert = database.prepare('INSERT INTO orders VALUES (?, ?)')
  const server = createServer((request, response) => {
    const answer = ready.get(request.url ?? '')
    if (answer) {
      response.writeHead(200, answer.headers)
      response.end(answer.body)
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const id = randomBytes(9).toString('hex')
      insert.run(id, Buffer.concat(chunks).toString())
      const body = JSON.stringify({ shortenedUrl: `http://localhost/${id}` })
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
      response.end(body)
    })
  })
  server.listen(port, '127.0.0.1', () => process.send?.('listening'))
})
