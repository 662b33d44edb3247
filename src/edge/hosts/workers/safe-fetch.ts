import { isAddress, rejectPrivateAddress } from '../../platform/network/public-address.ts'
import { AddressRejected, checkUrl } from '../../platform/network/safe-fetch.ts'

/**
 * workerd's `fetch`. It knows no `redirect: 'error'`: a redirect is answered, and refused here. And it must not be
 * called as anybody's method.
 */
export const plainFetch: typeof fetch = async (input, init) => {
  if (init?.redirect !== 'error') return fetch(input, init)
  const answer = await fetch(input, { ...init, redirect: 'manual' })
  if (answer.status >= 300 && answer.status < 400) throw new TypeError('the answer is a redirect')
  return answer
}

/**
 * For addresses that a merchant named. No look-up can be checked here, and none needs to be: a worker stands in no
 * private network, and the platform connects to public addresses alone. What is written as an address is refused
 * all the same, so that merchants hear the same everywhere.
 */
export function createWorkersSafeFetch({ allowPrivate }: { allowPrivate: boolean }): typeof fetch {
  return async (input, init) => {
    const url = checkUrl(String(input instanceof Request ? input.url : input))
    const kind = !allowPrivate && isAddress(url.hostname) ? rejectPrivateAddress(url.hostname) : undefined
    if (kind) throw new AddressRejected(`the host is a ${kind} address`)
    const isLocal = !allowPrivate && /(^|\.)localhost$/.test(url.hostname)
    if (isLocal) throw new AddressRejected('the host is a loopback address')
    return fetch(url, { ...init, redirect: 'manual' })
  }
}
