import type { Language } from '../../contract/language.ts'
import type { LinkView } from '../../contract/links/link-view.ts'

/** Data that the edge writes into the document for the script. */
export interface Boot {
  view: LinkView | null
  returning: boolean
  language: Language
}

export const bootElementId = 'boot'
export const rootElementId = 'app'
