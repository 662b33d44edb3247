// A customer's request: which link it is about, in which language, and under which address the page is served.
import { chooseLanguage, isLanguage, type Language } from '../../../contract/language.ts'
import { isLinkId } from '../../../contract/links/link-id.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { isLinkRef } from '../../domain/links/link-ref.ts'

/** Has the form of an id, or of a merchant's own reference. */
export const isPossibleId = (id: string): boolean => isLinkId(id) || isLinkRef(id)

/** By its id or the merchant's own reference, which never look alike. What can be neither is not looked for. */
export async function findById(context: AppContext, id: string): Promise<Link | undefined> {
  if (isLinkId(id)) return context.store.findLink(id)
  return isLinkRef(id) ? context.store.findLinkByRef(id) : undefined
}

/** The customer's choice by `?lang` or the cookie, then the merchant's, then the browser's. */
export function languageOf({ url, headers }: Request, link: Link | undefined) {
  return preferredLanguage({
    asked: new URL(url).searchParams.get('lang'),
    cookie: headers.get('cookie'),
    display: link?.display_language,
    accepted: headers.get('accept-language'),
  })
}

interface Wishes {
  asked: string | null
  cookie: string | null | undefined
  display: Language | null | undefined
  accepted: string | null | undefined
}

export function preferredLanguage({ asked, cookie, display, accepted }: Wishes): Language {
  const remembered = /(?:^|;\s*)lang=(ko|en)\b/.exec(cookie ?? '')?.[1]
  return chooseLanguage({ chosen: [asked, remembered].find(isLanguage), display, accepted })
}

/** Base of the page's addresses for this visitor. */
export function pageBase({ settings }: AppContext, request: Request): string {
  return settings.followsRequestOrigin ? new URL(request.url).origin : settings.publicUrl
}
