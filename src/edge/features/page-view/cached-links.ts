import { isCardView } from '../../../contract/cards/card-view.ts'
import type { Language } from '../../../contract/language.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import type { AppContext } from '../../context.ts'
import { type Gateway, gatewaysOf } from '../../domain/gateways/gateway-scripts.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { toBytes } from '../../platform/encoding.ts'
import type { PackedPage } from '../../platform/ports/page-renderer.ts'
import { busyForMs, viewFor } from './link-view.ts'

/** Rendered view of an open link without an open payment window. Contains no buyer data. */
export interface CachedLink {
  id: string
  /** Id of the link's last transition. */
  moveId: string
  /** Database version at which the entry was last validated. */
  version: number | undefined
  /** Unix milliseconds; ends an hour before the link's expiry, because the page then counts minutes. */
  until: number
  displayLanguage: Language | null
  bill: LinkView
  gateways: Gateway[]
  /** The view as JSON in UTF-8, without its last field (`now`) and closing brace. */
  view: Uint8Array
  /** By language and base URL. */
  pages: Map<string, PackedPage>
  packing: Map<string, Promise<PackedPage | undefined>>
}

/** Requests for a link come in bursts: the chat's preview, the customer, the open page. */
const maxEntries = 2_000
const hourMs = 3_600_000

/** Caches views and pages; validates every entry against the database before use. */
export function createLinkCache({ store, database, ...context }: AppContext) {
  const cache = new Map<string, CachedLink>()
  const pending = new Map<string, Promise<CachedLink | undefined>>()

  return {
    /** The cached entry, if nothing was written to the database since it was validated. */
    getCurrent(id: string, now: number): CachedLink | undefined {
      const known = cache.get(id)
      if (!known || now >= known.until || known.version === undefined) return undefined
      return known.version === database.version?.() ? known : undefined
    },
    /** Validates against the database, and renders what is not cached; undefined for links that cannot be cached. */
    async find(id: string, now: number): Promise<CachedLink | undefined> {
      // Read before the query, so that a write during the query invalidates the entry.
      const version = database.version?.()
      const write = await store.readLastWrite(id, now - busyForMs)
      if (write?.status !== 'open' || write.window) return undefined
      const known = cache.get(id)
      if (known?.moveId !== write.move_id) return renderOnce(id, write.move_id, version)
      known.version = version
      return now < known.until ? known : undefined
    },
  }

  /** Concurrent requests share one rendering. */
  function renderOnce(
    id: string,
    moveId: string,
    version: number | undefined,
  ): Promise<CachedLink | undefined> {
    const name = `${id} ${moveId}`
    const pendingEntry = pending.get(name)
    if (pendingEntry) return pendingEntry
    const entry = render(id, version).finally(() => pending.delete(name))
    pending.set(name, entry)
    return entry
  }

  async function render(id: string, version: number | undefined): Promise<CachedLink | undefined> {
    cache.delete(id)
    const now = context.now()
    const link = await store.findLink(id)
    const until = link ? link.expires_at - hourMs : 0
    // Not cached: personal data of global links and their own headers, and card links, whose view depends on more than the
    // link's last transition.
    const isPlain = link && !link.global && !link.registration
    if (!isPlain || statusOf(link, now) !== 'open' || now >= until) return undefined
    const bill = await viewFor({ store, database, ...context }, link)
    if (isCardView(bill)) return undefined
    const { now: _, ...view } = bill
    const entry: CachedLink = {
      id,
      moveId: link.move_id,
      version,
      until,
      displayLanguage: link.display_language,
      bill,
      gateways: gatewaysOf(link.methods),
      view: toBytes(JSON.stringify(view).slice(0, -1)),
      pages: new Map(),
      packing: new Map(),
    }
    if (cache.size >= maxEntries) cache.delete(cache.keys().next().value ?? '')
    cache.set(id, entry)
    return entry
  }
}
