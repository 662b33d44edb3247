import { isCardView } from '../../../contract/cards/card-view.ts'
import type { Language } from '../../../contract/language.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import type { AppContext } from '../../context.ts'
import { type Gateway, gatewaysOf } from '../../domain/gateways/gateway-scripts.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { toBytes } from '../../platform/encoding.ts'
import type { PackedPage } from '../../platform/ports/page-renderer.ts'
import { busyForMs, viewFor } from './link-view.ts'

/** What was made of an open link that nobody was paying. Nothing of the buyer is in it. */
export interface CachedLink {
  id: string
  /** The link's last write. */
  moveId: string
  /** The database's version when the link was last seen to be as it was made. */
  version: number | undefined
  /** Unix milliseconds until which it says the same: in its last hour the bill counts minutes. */
  until: number
  displayLanguage: Language | null
  bill: LinkView
  gateways: Gateway[]
  /** The same as JSON in UTF-8, without its last field, the edge's clock. */
  view: Uint8Array
  /** By language and base address. */
  pages: Map<string, PackedPage>
  packing: Map<string, Promise<PackedPage | undefined>>
}

/** Links are looked at in bursts: by the chat that shows a preview, by the customer, by the open page. */
const mostKept = 2_000
const hourMs = 3_600_000

/** Keeps what looks are answered with, and never gives it out when it is no longer so. */
export function createLinkCache({ store, database, ...context }: AppContext) {
  const kept = new Map<string, CachedLink>()
  const making = new Map<string, Promise<CachedLink | undefined>>()

  return {
    /** What is kept and certainly so, because nothing at all was written since. */
    recall(id: string, now: number): CachedLink | undefined {
      const known = kept.get(id)
      if (!known || now >= known.until || known.version === undefined) return undefined
      return known.version === database.version?.() ? known : undefined
    },
    /** Asks the database, and makes what is not kept; undefined for a link that is not open to all. */
    async find(id: string, now: number): Promise<CachedLink | undefined> {
      // First: what is written while the query runs is then not taken for seen.
      const version = database.version?.()
      const write = await store.readLastWrite(id, now - busyForMs)
      if (write?.status !== 'open' || write.window) return undefined
      const known = kept.get(id)
      if (known?.moveId !== write.move_id) return makeOnce(id, write.move_id, version)
      known.version = version
      return now < known.until ? known : undefined
    },
  }

  /** Several who look at once wait for the same. */
  function makeOnce(
    id: string,
    moveId: string,
    version: number | undefined,
  ): Promise<CachedLink | undefined> {
    const name = `${id} ${moveId}`
    const begun = making.get(name)
    if (begun) return begun
    const made = make(id, version).finally(() => making.delete(name))
    making.set(name, made)
    return made
  }

  async function make(id: string, version: number | undefined): Promise<CachedLink | undefined> {
    kept.delete(id)
    const now = context.now()
    const link = await store.findLink(id)
    const until = link ? link.expires_at - hourMs : 0
    // What a global link's view holds of a person is not kept, nor what its page may do of its own; and of a
    // card, more changes than the link's last write tells.
    const isPlain = link && !link.global && !link.registration
    if (!isPlain || statusOf(link, now) !== 'open' || now >= until) return undefined
    const bill = await viewFor({ store, database, ...context }, link)
    if (isCardView(bill)) return undefined
    const { now: _, ...view } = bill
    const made: CachedLink = {
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
    if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '')
    kept.set(id, made)
    return made
  }
}
