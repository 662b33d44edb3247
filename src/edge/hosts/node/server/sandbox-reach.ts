// Where the pretend i'mport may post to: private addresses only for somebody on this computer, where the merchant's API
// answers nobody else.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { MiddlewareHandler } from 'hono'
import type { Settings } from '../../../config/settings.ts'
import { isLoopbackAddress } from '../../../platform/network/local-host.ts'
import { createSandboxFetch } from '../../../platform/network/safe-fetch.ts'
import { peerOf } from './peer.ts'
import { createSafeFetch } from './safe-fetch.ts'

export interface SandboxReach {
  /** Remembers who asks, also for what is posted after the answer. */
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
