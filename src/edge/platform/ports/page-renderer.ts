import type { CardView } from '../../../contract/cards/card-view.ts'
import type { Language } from '../../../contract/language.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'

export interface PageInput {
  /** null: unknown link */
  view: LinkView | CardView | null
  language: Language
  /** the gateway redirected the customer here, with a result in the query */
  returning: boolean
  /** absolute URL of the page for Open Graph and the QR code */
  url: string
}

export interface RenderedPage {
  html: string
  /** CSP sources of the inline scripts, e.g. `'sha256-…'` */
  scriptSources: string[]
}

/** A Brotli-compressed document, complete but for the server's time in its tail. */
export interface PackedPage {
  head: Uint8Array
  /**
   * @param now as in the view
   * @returns the closing bytes as a binary string (one byte per character)
   */
  tail(now: string): string
  scriptSources: string[]
}

export interface PageRenderer {
  render(input: PageInput): RenderedPage
  /** a complete page without script, for status 429 */
  renderTooMany(input: { language: Language; seconds: number }): string
  /**
   * a complete page without script, for status 503
   * @param input.returning back from a gateway, so a payment may have been made
   */
  renderUnavailable(input: { language: Language; returning: boolean }): string
  /** Renders and compresses a page once for many responses; missing if the host cannot. */
  pack?(input: PageInput & { view: LinkView }): Promise<PackedPage>
}
