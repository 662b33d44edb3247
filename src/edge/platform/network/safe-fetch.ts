import { holdsCredentials } from './web-address.ts'

/** A request that was not made because of where it would have gone. The message may be shown to the merchant. */
export class AddressRejected extends Error {
  override name = 'RefusedAddress'
}

/** What of a URL can be told without looking anything up. @throws RefusedAddress */
export function checkUrl(address: string): URL {
  if (!URL.canParse(address)) throw new AddressRejected('the address is not a URL')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new AddressRejected('the address is not http(s)')
  if (holdsCredentials(url)) throw new AddressRejected('the address holds credentials')
  return url
}

interface SandboxReach {
  settings: { selfUrl: string; publicUrl: string; edgeUrl: string }
  /** Reaches every address. */
  fetch: typeof fetch
  /** Reaches public addresses only. */
  guarded: typeof fetch
  mayReachPrivate: () => boolean
}

/** For the pretend i'mport, which posts to whatever a page names: its own edge's links always, others with care. */
export function createSandboxFetch({
  settings,
  fetch,
  guarded,
  mayReachPrivate,
}: SandboxReach): typeof fetch {
  const bases = [settings.selfUrl, settings.publicUrl, settings.edgeUrl]
  const own = bases.map((base) => new URL(`${base}/links/`).href)
  return async (input, init) => {
    const { href } = new URL(input instanceof Request ? input.url : input)
    const isOwn = own.some((links) => href.startsWith(links))
    return isOwn || mayReachPrivate() ? fetch(input, init) : guarded(input, init)
  }
}

/** Why a request came to nothing, in a few words: no stack, no address of the operator's network. */
export function rejectionReason(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRejected) return cause.message
    if (cause.name === 'TimeoutError') return 'no answer in time'
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && !/^\d+$/.test(code)) return words[code] ?? `the request failed (${code})`
  }
  return 'the request failed'
}

const words: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
}
