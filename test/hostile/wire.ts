// Invalid HTTP that no client library would send, but a socket can.
import type { Chance } from '../support/random.ts'

export interface Assault {
  name: string
  /** Chunks, sent one after the other with a short pause. */
  parts: Uint8Array[]
}

const bytes = (text: string) => Buffer.from(text, 'latin1')
const head = (line: string, headers: string[]) =>
  `${[line, 'Host: edge.test', ...headers].join('\r\n')}\r\n\r\n`
const json = 'Content-Type: application/json'
const marker = '<script>alert("m4rk3r")</script>'

export function assaultOn(id: string, chance: Chance): Assault {
  const { below, pick } = chance
  const path = pick([
    `/links/${id}/settle`,
    `/links/${id}/notice`,
    `/links/${id}/checkout`,
    '/users/getToken',
  ])
  const get = pick([`/${id}`, `/links/${id}`, '/docs', `/api/supplements/v1/link/payment/${id}`])
  const noise = Buffer.from(Array.from({ length: 1 + below(600) }, () => below(256)))
  const post = (headers: string[], ...bodies: Uint8Array[]): Uint8Array[] => [
    bytes(head(`POST ${path} HTTP/1.1`, [json, 'Connection: close', ...headers])),
    ...bodies,
  ]
  const body = bytes(`{"imp_uid":"${marker}"}`)
  const kinds: [string, () => Uint8Array[]][] = [
    ['noise', () => [noise]],
    ['noise after a good line', () => [bytes(`GET ${get} HTTP/1.1\r\n`), noise]],
    ['no such method', () => [bytes(head(`${marker.slice(1, 7)} ${get} HTTP/1.1`, ['Connection: close']))]],
    ['no such version', () => [bytes(head(`GET ${get} HTTP/9.9`, []))]],
    [
      'a path with anything in it',
      () => [bytes(head(`GET /${marker}\x80\xff${get} HTTP/1.1`, ['Connection: close']))],
    ],
    [
      'an absolute address',
      () => [bytes(head(`GET http://m4rk3r.test${get} HTTP/1.1`, ['Connection: close']))],
    ],
    ['a broken address', () => [bytes(head('GET //[::1 HTTP/1.1', ['Connection: close']))]],
    ['half an escape', () => [bytes(head(`GET ${get}%f HTTP/1.1`, ['Connection: close']))]],
    ['a huge header', () => [bytes(head(`GET ${get} HTTP/1.1`, [`X-M4rk3r: ${'m4rk3r'.repeat(20_000)}`]))]],
    [
      'very many headers',
      () => [
        bytes(
          head(
            `GET ${get} HTTP/1.1`,
            Array.from({ length: 3_000 }, (_, at) => `X-${at}: m4rk3r`),
          ),
        ),
      ],
    ],
    [
      'a header folded over lines',
      () => [bytes(head(`GET ${get} HTTP/1.1`, ['X-A: m4rk3r', ' folded: m4rk3r']))],
    ],
    ['two hosts', () => [bytes(head(`GET ${get} HTTP/1.1`, ['Host: m4rk3r.test', 'Connection: close']))]],
    ['no host', () => [bytes(`GET ${get} HTTP/1.1\r\nConnection: close\r\n\r\n`)]],
    [
      'a host that is none',
      () => [bytes(`GET ${get} HTTP/1.1\r\nHost: ${marker}\r\nConnection: close\r\n\r\n`)],
    ],
    ['a body shorter than it says', () => post([`Content-Length: ${body.length + 50}`], body)],
    ['a body longer than it says', () => post(['Content-Length: 5'], body)],
    ['a length that is none', () => post(['Content-Length: many'], body)],
    ['a negative length', () => post(['Content-Length: -1'], body)],
    ['two lengths', () => post(['Content-Length: 4', 'Content-Length: 5'], body)],
    [
      'a length and chunks',
      () => post(['Content-Length: 4', 'Transfer-Encoding: chunked'], bytes('0\r\n\r\n')),
    ],
    ['broken chunks', () => post(['Transfer-Encoding: chunked'], bytes('zz\r\nm4rk3r\r\n'))],
    ['chunks without an end', () => post(['Transfer-Encoding: chunked'], bytes('7\r\n{"a":1}\r\n'))],
    [
      'no UTF-8',
      () => {
        const wrong = Buffer.concat([
          bytes('{"imp_uid":"'),
          Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
          bytes('"}'),
        ])
        return post([`Content-Length: ${wrong.length}`], wrong)
      },
    ],
    [
      'more than anybody may send',
      () => {
        const large = Buffer.alloc(300_000, 'm4rk3r')
        return post([`Content-Length: ${large.length}`], large)
      },
    ],
    [
      'drop by drop',
      () => post([`Content-Length: ${body.length}`], ...Array.from(body, (byte) => Uint8Array.of(byte))),
    ],
    [
      'packed by an unknown press',
      () => post([`Content-Length: ${body.length}`, 'Content-Encoding: m4rk3r'], body),
    ],
    [
      'an upgrade to nothing',
      () => [
        bytes(head(`GET ${get} HTTP/1.1`, ['Connection: Upgrade', 'Upgrade: m4rk3r', 'Connection: close'])),
      ],
    ],
    [
      'two requests in one',
      () => [...post([`Content-Length: ${body.length}`], body), bytes(head('GET /m4rk3r HTTP/1.1', []))],
    ],
    ['nothing at all', () => [bytes('')]],
  ]
  const [name, parts] = pick(kinds)
  return { name, parts: parts() }
}
