import type { CardView } from '../../../contract/cards/card-view.ts'
import type { Language } from '../../../contract/language.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import { findMerchant } from '../../config/merchants.ts'
import type { Room } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { describeAny } from './card-view.ts'
import { extrasOf } from './link-extras.ts'
import type { Tried } from './redirect-url.ts'

/** For how long a window is told of after it was opened: most payments are done by then, and most left ones left. */
export const windowMs = 10 * 60 * 1000

/** May another customer have a payment window over this open link now? */
async function isBusy(room: Room, link: Link, visitor: string | undefined): Promise<boolean> {
  const now = room.now()
  return statusOf(link, now) === 'open' && room.store.isOpenElsewhere(link.id, visitor, now - windowMs)
}

/** The link takes no payment any more; does one that was begun before still have to be asked about? */
async function isUnsettled(room: Room, link: Link): Promise<boolean> {
  const status = statusOf(link, room.now())
  return (status === 'expired' || status === 'disabled') && room.store.mayBeUnderWay(link.id)
}

/** Who looks, and at what. */
export interface Asker {
  /** The tab's own id, if it has one. Without this field nothing is said of other screens. */
  visitor?: string | undefined
  /** Of the page that they see. */
  language?: Language
  /** What they have just had settled. */
  tried?: Tried | undefined
}

export async function viewFor(room: Room, link: Link, asker: Asker = {}): Promise<LinkView | CardView> {
  const { merchants, iamportSdkUrl } = room.settings
  const shown = await findShown(room, link)
  const view = describeAny(shown, {
    merchant: findMerchant(merchants, link.user_code),
    sdkUrl: iamportSdkUrl,
    busy: 'visitor' in asker && (await isBusy(room, link, asker.visitor)),
    unsettled: await isUnsettled(room, shown),
    isOther: shown.id !== link.id,
    now: room.now(),
  })
  const { tried, language } = asker
  const extras = await extrasOf(room, shown, { tried, language })
  return { ...view, id: link.id, ...(extras && { extras }) }
}

/**
 * A link that gave way to another one of its order shows that one's receipt once the order is paid: whoever
 * holds the older address may have been the one who paid.
 */
async function findShown(room: Room, link: Link): Promise<Link> {
  if (link.status !== 'disabled') return link
  const order = await room.store.findOrder(link)
  const isDone = (one: Link) => one.status === 'paid' || Boolean(one.registration?.registered_at)
  return order.map((sibling) => sibling.link).find(isDone) ?? link
}
