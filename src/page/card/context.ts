import { createContext } from 'preact'
import type { CardRequest } from '../../contract/cards/card-view.ts'
import type { SendCardResult } from './edge-client.ts'

/** Context of the registration screens, in addition to `Page`. */
export interface CardPage {
  /** False until hydration; fields are disabled until then. */
  ready: boolean
  send?: (card: CardRequest) => Promise<SendCardResult>
  /** The edge reported that a card already exists. */
  exists: boolean
}

export const CardContext = createContext<CardPage>({ ready: false, exists: false })
