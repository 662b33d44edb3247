// `fetch` for URLs given by merchants. The resolved address is checked within the lookup of the connection itself, which
// prevents DNS rebinding.
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { Agent, fetch as undiciFetch } from 'undici'
import { isAddress, rejectPrivateAddress } from '../../../platform/network/public-address.ts'
import { AddressRejected, checkUrl } from '../../../platform/network/safe-fetch.ts'

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void
type Lookup = (host: string, options: LookupOptions, callback: LookupCallback) => void

/** Rejects a name if any of its addresses is not public. */
export function guardedLookup(resolve: typeof lookup = lookup): Lookup {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const kind = error
        ? undefined
        : addresses.map(({ address }) => rejectPrivateAddress(address)).find(Boolean)
      const [first] = addresses ?? []
      if (error) callback(error, [])
      else if (kind || !first) callback(new AddressRejected(`the host name leads to a ${kind} address`), [])
      else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

/** A `fetch` that does not follow redirects and, unless `allowPrivate`, reaches public addresses only. */
export function createSafeFetch({
  allowPrivate,
  resolve,
}: {
  allowPrivate: boolean
  resolve?: typeof lookup
}): typeof fetch {
  const connect = { timeout: 5_000, ...(allowPrivate ? {} : { lookup: guardedLookup(resolve) }) }
  const dispatcher = new Agent({ connect, keepAliveTimeout: 4_000, connections: 8 })
  const send = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = checkUrl(String(input instanceof Request ? input.url : input))
    // A literal address is connected to without a lookup.
    const kind = !allowPrivate && isAddress(url.hostname) ? rejectPrivateAddress(url.hostname) : undefined
    if (kind) throw new AddressRejected(`the host is a ${kind} address`)
    const guarded = { ...init, redirect: 'manual', dispatcher } as Parameters<typeof undiciFetch>[1]
    return (await undiciFetch(url, guarded)) as unknown as Response
  }
  return send as typeof fetch
}
