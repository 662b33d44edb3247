// A real SMTP server on loopback with configurable faults.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export interface Received {
  from: string
  to: string[]
  /** The raw message. */
  source: string
}

export interface MailServer {
  port: number
  received: Received[]
  /** Its behaviour from now on. */
  manner: Manner
  close: () => Promise<void>
}

export type Manner =
  | 'accept'
  | { refuse: 'MAIL' | 'RCPT' | 'DATA'; code: number }
  /** Drops the connection after this much of the message. */
  | 'drop in DATA'
  /** Accepts the message but never answers. */
  | 'drop after DATA'

const refusal = (code: number) =>
  Object.assign(new Error('this mailbox of hong@example.com is not for you'), { responseCode: code })

export async function openMailServer(): Promise<MailServer> {
  const received: Received[] = []
  const at = (step: string) => {
    const { manner } = opened
    return typeof manner === 'object' && manner.refuse === step ? refusal(manner.code) : null
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onMailFrom: (_, _session, done) => done(at('MAIL')),
    onRcptTo: (_, _session, done) => done(at('RCPT')),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        if (opened.manner === 'drop in DATA') cut(server)
      })
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        if (opened.manner === 'accept' || opened.manner === 'drop after DATA')
          received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            source: Buffer.concat(chunks).toString(),
          })
        if (opened.manner === 'drop after DATA') cut(server)
        else done(at('DATA'))
      })
    },
  })
  server.on('error', () => undefined)
  const { server: socket } = server
  server.listen(0, '127.0.0.1')
  await once(socket, 'listening')
  const opened: MailServer = {
    port: (socket.address() as AddressInfo).port,
    received,
    manner: 'accept',
    async close() {
      cut(server)
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return opened
}

function cut(server: SMTPServer): void {
  for (const connection of server.connections as Set<{ _socket?: { destroy(): void } }>)
    connection._socket?.destroy()
}
