// The open event streams of this process, by link. One polling query for all links detects changes by other processes;
// none runs without streams.

import type { LinkWatcher } from '../../platform/ports/link-watcher.ts'
import { streams } from '../../platform/ports/rate-limits.ts'

export interface LiveHub extends LinkWatcher {
  /** Number of open streams. */
  size(): number
  /** Ends all streams and refuses new ones. */
  end(): void
}

interface HubDeps {
  /** Current version of each link's view. */
  readVersions(linkIds: string[]): Promise<Map<string, string>>
  /** The query failed; polling continues. */
  broke(error: unknown): void
  everyMs?: number
}

interface WatchedLink {
  watchers: Set<Parameters<LinkWatcher['join']>[2]>
  /** Undefined after a join: the next poll notifies, because the link may have changed just before. */
  version: string | undefined
}

export function createLiveHub({ readVersions, broke, everyMs = 2_000 }: HubDeps): LiveHub {
  const links = new Map<string, WatchedLink>()
  const addresses = new Map<string, number>()
  let size = 0
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let isPolling = false

  function schedulePoll(): void {
    if (!isPolling && size > 0 && !ended) timer ??= setTimeout(() => void poll(), everyMs)
  }

  async function poll(): Promise<void> {
    timer = undefined
    isPolling = true
    try {
      const versions = await readVersions([...links.keys()])
      for (const [id, watched] of links) compare(watched, versions.get(id))
    } catch (error) {
      broke(error)
    }
    isPolling = false
    schedulePoll()
  }

  function compare(watched: WatchedLink, version: string | undefined): void {
    if (version === undefined || watched.version === version) return
    watched.version = version
    for (const { changed } of watched.watchers) changed()
  }

  return {
    join(linkId, address, watcher) {
      const watched = links.get(linkId) ?? { watchers: new Set(), version: undefined }
      const fromThere = addresses.get(address) ?? 0
      const full = size >= streams.max || fromThere >= streams.maxPerAddress
      if (ended || full || watched.watchers.size >= streams.maxPerLink) return undefined
      watched.watchers.add(watcher)
      watched.version = undefined
      links.set(linkId, watched)
      addresses.set(address, fromThere + 1)
      size += 1
      schedulePoll()
      return () => {
        if (!watched.watchers.delete(watcher)) return
        size -= 1
        if (watched.watchers.size === 0) links.delete(linkId)
        const left = (addresses.get(address) ?? 1) - 1
        if (left > 0) addresses.set(address, left)
        else addresses.delete(address)
        if (size === 0) {
          clearTimeout(timer)
          timer = undefined
        }
      }
    },
    moved(linkId) {
      for (const { changed } of links.get(linkId)?.watchers ?? []) changed()
    },
    size: () => size,
    end() {
      ended = true
      for (const { watchers } of links.values()) for (const { ended } of [...watchers]) ended()
    },
  }
}
