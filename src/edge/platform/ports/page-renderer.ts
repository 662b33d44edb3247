import type { CardView } from '../../../contract/cards/card-view.ts'
import type { Language } from '../../../contract/language.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'

export interface PageInput {
  /** null: no such link */
  view: LinkView | CardView | null
  language: Language
  /** the customer comes back from the gateway with a result in the query */
  returning: boolean
  /** absolute URL of the page for Open Graph and the QR code */
  url: string
}

export interface RenderedPage {
  html: string
  /** CSP sources of the inline scripts, e.g. `'sha256-…'` */
  scriptSources: string[]
}

/** A document in Brotli that waits for nothing but the edge's clock. */
export interface PackedPage {
  head: Uint8Array
  /**
   * The bytes that close it, one in each character.
   * @param now as in the view
   */
  tail(now: string): string
  scriptSources: string[]
}

export interface PageRenderer {
  render(input: PageInput): RenderedPage
  /** for a visitor who asked for too many unknown links: words and no script; whole HTML */
  renderTooMany(input: { language: Language; seconds: number }): string
  /**
   * while the edge cannot reach its database; likewise
   * @param input.returning from a gateway: nobody knows whether money moved
   */
  renderUnavailable(input: { language: Language; returning: boolean }): string
  /** The same, packed once for many answers, where the host can do that. */
  pack?(input: PageInput & { view: LinkView }): Promise<PackedPage>
}
