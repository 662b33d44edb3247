import type { Language } from '../contract/language.ts'
import type { LinkView } from '../contract/link-view.ts'

export interface PageInput {
  /** null: no such link */
  view: LinkView | null
  language: Language
  /** the customer comes back from the gateway with a result in the query */
  returning: boolean
  /** absolute URL of the page for Open Graph and the QR code */
  url: string
  /** origins besides its own that the page may load scripts from */
  scriptHosts: string[]
}

export interface RenderedPage {
  html: string
  /** CSP sources of the inline scripts, e.g. `'sha256-…'` */
  scriptSources: string[]
}

export interface PageRenderer {
  render(input: PageInput): RenderedPage
  /** for a visitor who asked for too many unknown links: words and no script; whole HTML */
  renderTooMany(input: { language: Language; seconds: number }): string
}
