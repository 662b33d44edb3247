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
}

export interface RenderedPage {
  html: string
  /** CSP sources of the inline scripts, e.g. `'sha256-…'` */
  scriptSources: string[]
}

export interface PageRenderer {
  render(input: PageInput): RenderedPage
}
