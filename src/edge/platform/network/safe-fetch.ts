import { holdsCredentials } from './web-address.ts'

/** Thrown instead of sending a request to a forbidden address. The message may be shown to the merchant. */
export class AddressRejected extends Error {
  override name = 'AddressRejected'
}

/** Checks the URL itself, before any DNS look-up. @throws AddressRejected */
export function checkUrl(address: string): URL {
  if (!URL.canParse(address)) throw new AddressRejected('the address is not a URL')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new AddressRejected('the address is not http(s)')
  if (holdsCredentials(url)) throw new AddressRejected('the address holds credentials')
  return url
}

interface SandboxFetchOptions {
  settings: { selfUrl: string; publicUrl: string; edgeUrl: string }
  /** Unrestricted. */
  fetch: typeof fetch
  /** Connects to public addresses only. */
  guarded: typeof fetch
  mayReachPrivate: () => boolean
}

/**
 * The sandbox's i'mport posts to any URL that a page names. Its own edge's links are always allowed, other URLs go
 * through the guarded fetch unless private addresses are allowed.
 */
export function createSandboxFetch({
  settings,
  fetch,
  guarded,
  mayReachPrivate,
}: SandboxFetchOptions): typeof fetch {
  const bases = [settings.selfUrl, settings.publicUrl, settings.edgeUrl]
  const ownLinks = bases.map((base) => new URL(`${base}/links/`).href)
  return async (input, init) => {
    const { href } = new URL(input instanceof Request ? input.url : input)
    const isOwn = ownLinks.some((links) => href.startsWith(links))
    return isOwn || mayReachPrivate() ? fetch(input, init) : guarded(input, init)
  }
}

/** A short reason for a failed request, without a stack or addresses of the operator's network. */
export function rejectionReason(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRejected) return cause.message
    if (cause.name === 'TimeoutError') return 'no answer in time'
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && !/^\d+$/.test(code))
      return reasons[code] ?? `the request failed (${code})`
  }
  return 'the request failed'
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
}
