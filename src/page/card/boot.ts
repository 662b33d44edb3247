import type { CardView } from '../../contract/cards/card-view.ts'
import type { Boot } from '../browser/boot-data.ts'

/** What the edge writes into the document of a registration. */
export type CardBoot = Omit<Boot, 'view'> & { view: CardView }
