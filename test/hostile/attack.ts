// Makes one hostile request to one address of the app. None of them is a wish that anybody could grant.
import type { Chance } from '../support/random.ts'
import { type Address, fill } from '../support/routes.ts'
import { hostileText, hostileValue, names } from './words.ts'

export interface Prey {
  /** Links that are there, in every state. */
  ids: string[]
  token: string
  /** An order that would be sound, were its amount not negative. */
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

/** What a header can carry: the runtime itself refuses the rest before anybody sees it. */
const headerSafe = (text: string) =>
  text
    .replace(/[^\x20-\x7e\xa0-\xff]/g, '?')
    .slice(0, 8_000)
    .trim()

export function attack(address: Address, prey: Prey, chance: Chance): Attack {
  const { below, pick } = chance
  const isOwner = below(2) === 0
  // Whoever may disable a link is not to be handed the id of one.
  const mayReach = !(isOwner && address.path.startsWith('/api/'))
  const segment = () =>
    mayReach && below(3) > 0
      ? pick(prey.ids)
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
  if (isOwner) headers.authorization = prey.token
  for (let more = below(3); more > 0; more--) headers[pick(headerNames)] = headerSafe(hostileText(chance))
  const method =
    below(12) === 0 ? pick(['HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'PUT', 'POST', 'GET']) : address.method
  // A method that some other route of this path answers is as much an attack as the right one.
  const path = fill(address, segment)
  return {
    url: `http://edge.test${path}${query && `?${query}`}`,
    init: {
      method,
      headers,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: hostileBody(prey, chance) }),
    },
  }
}

function hostileBody(prey: Prey, chance: Chance): string | Uint8Array<ArrayBuffer> {
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
      const whole = JSON.stringify(prey.order)
      return whole.slice(0, below(whole.length))
    }
    case 4:
      return JSON.stringify({
        ...prey.order,
        [pick(Object.keys(prey.order))]: hostileValue(chance),
        amount: -1,
      })
    case 5:
      return JSON.stringify({ payment_info: hostileValue(chance), ...(below(2) ? { amount: -1 } : {}) })
    default:
      return JSON.stringify(Object.fromEntries([0, 1, 2].map(() => [pick(names), hostileValue(chance)])))
  }
}
