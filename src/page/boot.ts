import type { Language } from '../contract/language.ts'
import type { LinkView } from '../contract/link-view.ts'
import type { Words } from '../contract/words/words.ts'

/** What the edge writes into the document for the script: the view, and the words it was rendered with. */
export interface Boot {
  view: LinkView | null
  returning: boolean
  language: Language
  words: Words
}

export const bootElementId = 'boot'
export const rootElementId = 'app'
