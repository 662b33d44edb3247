import { createContext } from 'preact'
import type { CardRequest } from '../../contract/cards/card-view.ts'
import type { SentCard } from './world.ts'

/** What the screens of a registration may ask for, besides what every page offers. */
export interface CardPage {
  /** False until the browser has taken the document over: nothing can be typed before. */
  ready: boolean
  send?: (card: CardRequest) => Promise<SentCard>
  /** The edge says that there is a card already. */
  exists: boolean
}

export const CardContext = createContext<CardPage>({ ready: false, exists: false })
