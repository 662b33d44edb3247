import type { CardView } from '../../contract/card-view.ts'
import type { Language } from '../../contract/language.ts'

/** What the edge writes into the document of a registration. */
export interface CardBoot {
  view: CardView
  returning: boolean
  language: Language
  /** Origins besides its own that the page may load scripts from. */
  scriptHosts: string[]
}
