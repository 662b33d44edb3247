// Requests to addresses that a merchant named. The address that is really connected to is checked: after the
// look-up, in the same step that opens the connection, so that a name cannot mean one thing now and another then.
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { Agent, fetch as undiciFetch } from 'undici'
import { isAddress, rejectPrivateAddress } from '../../../platform/network/public-address.ts'
import { AddressRejected, checkUrl } from '../../../platform/network/safe-fetch.ts'

type Answered = (error: Error | null, address: string | LookupAddress[], family?: number) => void
type Lookup = (host: string, options: LookupOptions, answered: Answered) => void

/** Refuses a name with even one address that is not public. */
export function guardedLookup(resolve: typeof lookup = lookup): Lookup {
  return (host, options, answered) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const kind = error
        ? undefined
        : addresses.map(({ address }) => rejectPrivateAddress(address)).find(Boolean)
      const [first] = addresses ?? []
      if (error) answered(error, [])
      else if (kind || !first) answered(new AddressRejected(`the host name leads to a ${kind} address`), [])
      else if (options.all) answered(null, addresses)
      else answered(null, first.address, first.family)
    })
  }
}

/** A `fetch` that follows no redirect and, unless `allowPrivate`, reaches public addresses only. */
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
    // A host that is an address is connected to without any look-up.
    const kind = !allowPrivate && isAddress(url.hostname) ? rejectPrivateAddress(url.hostname) : undefined
    if (kind) throw new AddressRejected(`the host is a ${kind} address`)
    const guarded = { ...init, redirect: 'manual', dispatcher } as Parameters<typeof undiciFetch>[1]
    return (await undiciFetch(url, guarded)) as unknown as Response
  }
  return send as typeof fetch
}
