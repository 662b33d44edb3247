// Addresses to which the sandbox's i'mport may post: private ones only for a client on this computer, if the merchant API
// is restricted to loopback.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { MiddlewareHandler } from 'hono'
import type { Settings } from '../../../config/settings.ts'
import { isLoopbackAddress } from '../../../platform/network/local-host.ts'
import { createSandboxFetch } from '../../../platform/network/safe-fetch.ts'
import { peerOf } from './peer.ts'
import { createSafeFetch } from './safe-fetch.ts'

export interface SandboxReach {
  /** Stores the client's address for later requests by the sandbox, including those after the response. */
  remember: MiddlewareHandler
  fetch: typeof fetch
}

export function createSandboxReach(settings: Settings): SandboxReach {
  const peers = new AsyncLocalStorage<string | undefined>()
  const { eventsAllowPrivate, apiIsLoopbackOnly } = settings
  return {
    remember: (c, next) => peers.run(peerOf(c.env), next),
    fetch: createSandboxFetch({
      settings,
      fetch,
      guarded: createSafeFetch({ allowPrivate: false }),
      mayReachPrivate: () =>
        eventsAllowPrivate && (!apiIsLoopbackOnly || isLoopbackAddress(peers.getStore())),
    }),
  }
}
