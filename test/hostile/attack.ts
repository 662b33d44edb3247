// Makes one hostile request to one endpoint of the app. No request is valid.
import type { Chance } from '../support/random.ts'
import { type Address, fill } from '../support/routes.ts'
import { hostileText, hostileValue, names } from './words.ts'

export interface Targets {
  /** Existing links in every state. */
  ids: string[]
  token: string
  /** A valid order except for its negative amount. */
  order: Record<string, unknown>
}

export interface Attack {
  url: string
  init: RequestInit & { headers: Record<string, string> }
}

const types = [
  'application/json',
  'application/json; charset=utf-8',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/csp-report',
  'application/reports+json',
  '',
] as const

const headerNames = [
  ...['accept', 'accept-language', 'cookie', 'origin', 'referer', 'user-agent', 'x-forwarded-for', 'tier'],
  ...['x-forwarded-host', 'x-forwarded-proto', 'x-http-method-override', 'if-none-match', 'range', 'host'],
  ...['authorization', 'x-imptokenheader', 'accept-encoding', 'last-event-id', 'content-encoding', 'prefer'],
] as const

/** Characters that a header can carry; the runtime refuses all others. */
const headerSafe = (text: string) =>
  text
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .slice(0, 8_000)
    .trim()

export function attack(address: Address, targets: Targets, chance: Chance): Attack {
  const { below, pick } = chance
  const isOwner = below(2) === 0
  // An authorized merchant must not get a link id, because they may disable it.
  const mayReach = !(isOwner && address.path.startsWith('/api/'))
  const segment = () =>
    mayReach && below(3) > 0
      ? pick(targets.ids)
      : encodeURIComponent(hostileText(chance).slice(0, 3_000).toWellFormed())
  const query = Array.from({ length: below(4) }, () =>
    [pick(names), hostileText(chance).slice(0, 3_000)]
      .map((text) => encodeURIComponent(text.toWellFormed()))
      .join('='),
  ).join('&')
  const headers: Record<string, string> = {
    'content-type': below(4) === 0 ? pick(types) : 'application/json',
    'x-forwarded-for': `10.2.${below(256)}.${below(256)}`,
  }
  if (isOwner) headers.authorization = targets.token
  for (let more = below(3); more > 0; more--) headers[pick(headerNames)] = headerSafe(hostileText(chance))
  const method =
    below(12) === 0 ? pick(['HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'PUT', 'POST', 'GET']) : address.method
  // Includes methods of other routes with the same path.
  const path = fill(address, segment)
  return {
    url: `http://edge.test${path}${query && `?${query}`}`,
    init: {
      method,
      headers,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: hostileBody(targets, chance) }),
    },
  }
}

function hostileBody(targets: Targets, chance: Chance): string | Uint8Array<ArrayBuffer> {
  const { below, pick } = chance
  switch (below(7)) {
    case 0:
      return hostileText(chance).toWellFormed()
    case 1:
      return Uint8Array.from({ length: below(400) }, () => below(256))
    case 2:
      return new URLSearchParams(
        Array.from({ length: below(6) }, () => [pick(names), hostileText(chance).toWellFormed()]),
      ).toString()
    case 3: {
      const whole = JSON.stringify(targets.order)
      return whole.slice(0, below(whole.length))
    }
    case 4:
      return JSON.stringify({
        ...targets.order,
        [pick(Object.keys(targets.order))]: hostileValue(chance),
        amount: -1,
      })
    case 5:
      return JSON.stringify({ payment_info: hostileValue(chance), ...(below(2) ? { amount: -1 } : {}) })
    default:
      return JSON.stringify(Object.fromEntries([0, 1, 2].map(() => [pick(names), hostileValue(chance)])))
  }
}
