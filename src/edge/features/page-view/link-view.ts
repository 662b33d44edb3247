import type { CardView } from '../../../contract/cards/card-view.ts'
import type { Language } from '../../../contract/language.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import { findMerchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { viewOf } from './card-view.ts'
import { extrasOf } from './link-extras.ts'
import type { LastAttempt } from './redirect-url.ts'

/** For how long a window is told of after it was opened: most payments are done by then, and most left ones left. */
export const busyForMs = 10 * 60 * 1000

/** May another customer have a payment window over this open link now? */
async function isBusy(context: AppContext, link: Link, visitor: string | undefined): Promise<boolean> {
  const now = context.now()
  return statusOf(link, now) === 'open' && context.store.isOpenElsewhere(link.id, visitor, now - busyForMs)
}

/** The link takes no payment any more; does one that was begun before still have to be asked about? */
async function isUnsettled(context: AppContext, link: Link): Promise<boolean> {
  const status = statusOf(link, context.now())
  return (status === 'expired' || status === 'disabled') && context.store.mayBeUnderWay(link.id)
}

/** Who looks, and at what. */
export interface Viewer {
  /** The tab's own id, if it has one. Without this field nothing is said of other screens. */
  visitor?: string | undefined
  /** Of the page that they see. */
  language?: Language
  /** What they have just had settled. */
  tried?: LastAttempt | undefined
}

export async function viewFor(
  context: AppContext,
  link: Link,
  asker: Viewer = {},
): Promise<LinkView | CardView> {
  const { merchants, iamportSdkUrl } = context.settings
  const shown = await findShown(context, link)
  const view = viewOf(shown, {
    merchant: findMerchant(merchants, link.user_code),
    sdkUrl: iamportSdkUrl,
    busy: 'visitor' in asker && (await isBusy(context, link, asker.visitor)),
    unsettled: await isUnsettled(context, shown),
    isOther: shown.id !== link.id,
    now: context.now(),
  })
  const { tried, language } = asker
  const extras = await extrasOf(context, shown, { tried, language })
  return { ...view, id: link.id, ...(extras && { extras }) }
}

/**
 * A link that gave way to another one of its order shows that one's receipt once the order is paid: whoever
 * holds the older address may have been the one who paid.
 */
async function findShown(context: AppContext, link: Link): Promise<Link> {
  if (link.status !== 'disabled') return link
  const order = await context.store.findOrder(link)
  const isDone = (one: Link) => one.status === 'paid' || Boolean(one.registration?.registered_at)
  return order.map((sibling) => sibling.link).find(isDone) ?? link
}
