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

/** How long an opened window counts as busy: most payments take less, and most abandoned windows are closed by then. */
export const busyForMs = 10 * 60 * 1000

/** Whether another customer may have a payment window open for this open link. */
async function isBusy(context: AppContext, link: Link, visitor: string | undefined): Promise<boolean> {
  const now = context.now()
  return statusOf(link, now) === 'open' && context.store.isOpenElsewhere(link.id, visitor, now - busyForMs)
}

/** Whether an ended link may still get an approval from a window that was opened before. */
async function isUnsettled(context: AppContext, link: Link): Promise<boolean> {
  const status = statusOf(link, context.now())
  return (status === 'expired' || status === 'disabled') && context.store.mayBeUnderWay(link.id)
}

/** The visitor for whom the view is made. */
export interface Viewer {
  /** Random tab ID; without this field, `busy` is left out. */
  visitor?: string | undefined
  /** Language of the visitor's page. */
  language?: Language
  /** Outcome of the attempt that the visitor just settled. */
  tried?: LastAttempt | undefined
}

export async function viewFor(
  context: AppContext,
  link: Link,
  viewer: Viewer = {},
): Promise<LinkView | CardView> {
  const { merchants, iamportSdkUrl } = context.settings
  const shown = await findLinkToShow(context, link)
  const view = viewOf(shown, {
    merchant: findMerchant(merchants, link.user_code),
    sdkUrl: iamportSdkUrl,
    busy: 'visitor' in viewer && (await isBusy(context, link, viewer.visitor)),
    unsettled: await isUnsettled(context, shown),
    isOther: shown.id !== link.id,
    now: context.now(),
  })
  const { tried, language } = viewer
  const extras = await extrasOf(context, shown, { tried, language })
  return { ...view, id: link.id, ...(extras && { extras }) }
}

/**
 * A disabled link shows the order's paid link instead, if there is one: the holder of the older URL may have been the
 * payer.
 */
async function findLinkToShow(context: AppContext, link: Link): Promise<Link> {
  if (link.status !== 'disabled') return link
  const order = await context.store.findOrder(link)
  const isPaidOrRegistered = (one: Link) => one.status === 'paid' || Boolean(one.registration?.registered_at)
  return order.map((sibling) => sibling.link).find(isPaidOrRegistered) ?? link
}
