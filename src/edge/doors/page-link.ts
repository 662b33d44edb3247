import { chooseLanguage, isLanguage } from '../../contract/language.ts'
import { isLinkId } from '../../contract/link-id.ts'
import type { LinkView } from '../../contract/link-view.ts'
import type { Room } from '../deps.ts'
import type { Link } from '../link.ts'
import { describeLink } from '../rules/describe-link.ts'

/** What cannot be an id is not looked for. */
export async function findById(room: Room, id: string): Promise<Link | undefined> {
  return isLinkId(id) ? room.store.findLink(id) : undefined
}

/** The customer's choice by `?lang` or the cookie, then the merchant's, then the browser's. */
export function languageOf(request: Request, link: Link | undefined) {
  const cookie = /(?:^|;\s*)lang=(ko|en)\b/.exec(request.headers.get('cookie') ?? '')?.[1]
  return chooseLanguage({
    chosen: [new URL(request.url).searchParams.get('lang'), cookie].find(isLanguage),
    display: link?.display_language,
    accepted: request.headers.get('accept-language'),
  })
}

export async function viewFor(room: Room, link: Link): Promise<LinkView> {
  const { merchants, iamportSdkUrl } = room.settings
  const view = describeLink(await findShown(room, link), {
    merchant: merchants.find(({ user_code }) => user_code === link.user_code),
    sdkUrl: iamportSdkUrl,
    now: room.now(),
  })
  return { ...view, id: link.id }
}

/**
 * A link that gave way to another one of its order shows that one's receipt once the order is paid: whoever
 * holds the older address may have been the one who paid.
 */
async function findShown(room: Room, link: Link): Promise<Link> {
  if (link.status !== 'disabled') return link
  const order = await room.store.findOrder(link)
  return order.find((sibling) => sibling.link.status === 'paid')?.link ?? link
}

/** Base of the page's addresses for this visitor. */
export function pageBase({ settings }: Room, request: Request): string {
  return settings.followsRequestOrigin ? new URL(request.url).origin : settings.publicUrl
}
