import { isAddress, rejectPrivateAddress } from '../../platform/network/public-address.ts'
import { AddressRejected, checkUrl } from '../../platform/network/safe-fetch.ts'

/**
 * workerd's `fetch` with support for `redirect: 'error'`, which workerd lacks. Wrapped also because workerd's `fetch`
 * must not be called as a method.
 */
export const plainFetch: typeof fetch = async (input, init) => {
  if (init?.redirect !== 'error') return fetch(input, init)
  const answer = await fetch(input, { ...init, redirect: 'manual' })
  if (answer.status >= 300 && answer.status < 400) throw new TypeError('the answer is a redirect')
  return answer
}

/**
 * `fetch` for URLs given by merchants. DNS results cannot be checked on Workers and need not be: a worker is in no
 * private network, and the platform connects to public addresses only. Literal private addresses are rejected anyway,
 * so that all hosts answer alike.
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
