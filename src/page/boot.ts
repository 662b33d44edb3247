import type { Language } from '../contract/language.ts'
import type { LinkView } from '../contract/link-view.ts'

/** What the edge writes into the document for the script: the view, and how it was rendered. */
export interface Boot {
  view: LinkView | null
  returning: boolean
  language: Language
  /** Origins besides its own that the page may load scripts from. */
  scriptHosts: string[]
}

export const bootElementId = 'boot'
export const rootElementId = 'app'
