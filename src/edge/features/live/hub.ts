// Streams of this process, by link. One query for all of them finds what other processes changed,
// and none is made while nobody watches.

import type { LinkWatcher } from '../../platform/ports/link-watcher.ts'
import { streams } from '../../platform/ports/rate-limits.ts'

export interface LiveHub extends LinkWatcher {
  /** Streams that are open now. */
  size(): number
  /** Ends every stream and takes no more. */
  end(): void
}

interface World {
  /** What changes whenever the link's view does, by link. */
  readMarks(linkIds: string[]): Promise<Map<string, string>>
  /** The query failed; it is tried again. */
  broke(error: unknown): void
  everyMs?: number
}

interface Watched {
  told: Set<Parameters<LinkWatcher['join']>[2]>
  /** Undefined after a join: the next look tells, since the link may have moved before it. */
  mark: string | undefined
}

export function createLiveHub({ readMarks, broke, everyMs = 2_000 }: World): LiveHub {
  const links = new Map<string, Watched>()
  const addresses = new Map<string, number>()
  let size = 0
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let looking = false

  function lookSoon(): void {
    if (!looking && size > 0 && !ended) timer ??= setTimeout(() => void look(), everyMs)
  }

  async function look(): Promise<void> {
    timer = undefined
    looking = true
    try {
      const marks = await readMarks([...links.keys()])
      for (const [id, watched] of links) compare(watched, marks.get(id))
    } catch (error) {
      broke(error)
    }
    looking = false
    lookSoon()
  }

  function compare(watched: Watched, mark: string | undefined): void {
    if (mark === undefined || watched.mark === mark) return
    watched.mark = mark
    for (const { changed } of watched.told) changed()
  }

  return {
    join(linkId, address, told) {
      const watched = links.get(linkId) ?? { told: new Set(), mark: undefined }
      const fromThere = addresses.get(address) ?? 0
      const full = size >= streams.max || fromThere >= streams.maxPerAddress
      if (ended || full || watched.told.size >= streams.maxPerLink) return undefined
      watched.told.add(told)
      watched.mark = undefined
      links.set(linkId, watched)
      addresses.set(address, fromThere + 1)
      size += 1
      lookSoon()
      return () => {
        if (!watched.told.delete(told)) return
        size -= 1
        if (watched.told.size === 0) links.delete(linkId)
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
      for (const { changed } of links.get(linkId)?.told ?? []) changed()
    },
    size: () => size,
    end() {
      ended = true
      for (const { told } of links.values()) for (const { ended } of [...told]) ended()
    },
  }
}
