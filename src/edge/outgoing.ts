import { holdsCredentials } from './rules/web-address.ts'

/** A request that was not made because of where it would have gone. The message may be shown to the merchant. */
export class RefusedAddress extends Error {
  override name = 'RefusedAddress'
}

/** What of a URL can be told without looking anything up. @throws RefusedAddress */
export function checkUrl(address: string): URL {
  if (!URL.canParse(address)) throw new RefusedAddress('the address is not a URL')
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RefusedAddress('the address is not http(s)')
  if (holdsCredentials(url)) throw new RefusedAddress('the address holds credentials')
  return url
}

/** Why a request came to nothing, in a few words: no stack, no address of the operator's network. */
export function reasonOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof RefusedAddress) return cause.message
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
