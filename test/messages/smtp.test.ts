import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSmtp, requiresTls } from '../../src/edge/hosts/node/server/smtp.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { aMessageRequest, openMessageShop } from './messenger.ts'

let server: MailServer
beforeEach(async () => {
  server = await openMailServer()
})
afterEach(() => server.close())

const from = { name: '다리 상점', address: 'pay@shop.kr' }
const smtpTo = (port: number) =>
  createSmtp({ from, by: 'smtp', host: '127.0.0.1', port, secure: false, user: '', password: '' })

function openMailShop() {
  return openMessageShop({ parts: { mailer: smtpTo(server.port) } })
}

test('an e-mail by SMTP arrives unchanged, with our sender, at its recipient only', async () => {
  const shop = openMailShop()
  const { id } = await shop.offer(aMessageRequest({ receipt: false }))
  expect(await shop.send()).toBe(1)
  const [mail] = server.received
  expect(mail).toMatchObject({ from: 'pay@shop.kr', to: ['hong@example.com'] })
  const { headers, parts } = parse(mail?.source ?? '')
  expect(headers.get('subject')).toBe('[상점] 10,000원 결제 요청: 사과 5kg')
  expect(headers.get('from')).toBe('다리 상점 <pay@shop.kr>')
  expect(headers.get('to')).toBe('hong@example.com')
  expect(headers.get('auto-submitted')).toBe('auto-generated')
  expect(headers.get('content-language')).toBe('ko')
  expect(headers.get('message-id')).toMatch(/^<msg-\w+-link-email@shop\.kr>$/)
  expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html'])
  expect(parts[0]?.text).toContain(`결제 금액: 10,000원`)
  for (const { text } of parts) expect(text).toContain(`https://pay.example/${id}`)
})

test('line breaks in names and orders inject no header', async () => {
  const mailer = smtpTo(server.port)
  const bad = 'x\r\nBcc: evil@example.com\r\n\r\nbody'
  await mailer.send({
    id: 'msg-1',
    to: 'hong@example.com',
    language: 'ko',
    subject: bad,
    text: 'a',
    html: '<p>a',
  })
  const { headers } = parse(server.received[0]?.source ?? '')
  expect([...headers.keys()]).not.toContain('bcc')
  expect(server.received[0]?.to).toEqual(['hong@example.com'])
})

const answers: [string, MailServer['manner'], 'again' | 'failed', RegExp][] = [
  ['defers the recipient', { refuse: 'RCPT', code: 451 }, 'again', /^SMTP 451 after RCPT TO$/],
  ['defers the message', { refuse: 'DATA', code: 452 }, 'again', /^SMTP 452 after DATA$/],
  ['refuses the sender', { refuse: 'MAIL', code: 550 }, 'again', /^SMTP 550 after MAIL FROM$/],
  ['refuses the recipient', { refuse: 'RCPT', code: 550 }, 'failed', /^SMTP 550 after RCPT TO$/],
  ['refuses the message', { refuse: 'DATA', code: 554 }, 'failed', /^SMTP 554 after DATA$/],
  ['drops the connection during the message', 'drop in DATA', 'again', /^SMTP E\w+$/],
]
test.each(answers)('an SMTP server that %s', async (_, manner, outcome, why) => {
  const shop = openMailShop()
  await shop.offer(aMessageRequest({ receipt: false }))
  server.manner = manner
  expect(await shop.send()).toBe(0)
  const [row] = await shop.rows()
  expect(row?.last_error).toMatch(why)
  expect(row?.outcome).toBe(outcome === 'failed' ? 'failed' : null)
  expect(JSON.stringify(shop.log)).not.toContain('hong@')
  server.manner = 'accept'
  shop.clock.now += 10_000
  expect(await shop.send()).toBe(outcome === 'again' ? 1 : 0)
})

test('a message whose response was lost is sent again under the same Message-ID', async () => {
  const shop = openMailShop()
  await shop.offer(aMessageRequest({ receipt: false }))
  server.manner = 'drop after DATA'
  expect(await shop.send()).toBe(0)
  server.manner = 'accept'
  shop.clock.now += 10_000
  expect(await shop.send()).toBe(1)
  const ids = server.received.map(({ source }) => parse(source).headers.get('message-id'))
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('a message is retried if the SMTP server is unavailable', async () => {
  const shop = openMailShop()
  await shop.offer(aMessageRequest({ receipt: false }))
  await server.close()
  expect(await shop.send()).toBe(0)
  expect(await shop.rows()).toMatchObject([{ outcome: null, last_error: 'SMTP ESOCKET' }])
})

test('a password is never sent unencrypted', () => {
  const settings = {
    from,
    by: 'smtp' as const,
    host: 'mail.example',
    port: 587,
    secure: false,
    user: 'u',
    password: 'p',
  }
  expect(requiresTls(settings)).toBe(true)
  expect(requiresTls({ ...settings, host: '127.0.0.1' })).toBe(false)
})

/** As much of MIME parsing as our messages need. */
function parse(source: string) {
  const [head = '', ...rest] = source.split('\r\n\r\n')
  const headers = headersOf(head)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? ''
  const parts = rest
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .filter((part) => part.includes('\r\n\r\n'))
    .map((part) => {
      const [inner = '', ...body] = part.trim().split('\r\n\r\n')
      const own = headersOf(inner)
      const text = decode(body.join('\r\n\r\n'), own.get('content-transfer-encoding') ?? '')
      return { type: own.get('content-type')?.split(';')[0], text }
    })
  return { headers, parts }
}

function headersOf(head: string): Map<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return new Map(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':')
      return [name.trim().toLowerCase(), words(value.join(':').trim())]
    }),
  )
}

/** Encoded words (RFC 2047). */
function words(value: string): string {
  return value.replace(/\?=\s+=\?/g, '?==?').replace(/((?:=\?utf-8\?[bq]\?[^?]*\?=)+)/gi, (run) => {
    const chunks = [...run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)].map(([, way = '', text = '']) =>
      way.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64')
        : Buffer.from(unquoted(text.replace(/_/g, ' ')), 'latin1'),
    )
    return Buffer.concat(chunks).toString()
  })
}

const unquoted = (text: string) =>
  text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

function decode(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString()
  if (encoding !== 'quoted-printable') return text
  return Buffer.from(unquoted(text.replace(/=\r\n/g, '')), 'latin1').toString()
}
