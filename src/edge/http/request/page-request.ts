// Reads from a customer's request its link, its language, and the base URL of the page.
import { chooseLanguage, isLanguage, type Language } from '../../../contract/language.ts'
import { isLinkId } from '../../../contract/links/link-id.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { isLinkRef } from '../../domain/links/link-ref.ts'

/** Whether it is formed like an id or a merchant's own reference. */
export const isPossibleId = (id: string): boolean => isLinkId(id) || isLinkRef(id)

/** By id or merchant's own reference, whose formats never overlap. Impossible ids cost no query. */
export async function findById(context: AppContext, id: string): Promise<Link | undefined> {
  if (isLinkId(id)) return context.store.findLink(id)
  return isLinkRef(id) ? context.store.findLinkByRef(id) : undefined
}

/** Order of precedence: `?lang`, the cookie, the merchant's choice, Accept-Language. */
export function languageOf({ url, headers }: Request, link: Link | undefined) {
  return preferredLanguage({
    query: new URL(url).searchParams.get('lang'),
    cookie: headers.get('cookie'),
    display: link?.display_language,
    accepted: headers.get('accept-language'),
  })
}

interface LanguagePreferences {
  query: string | null
  cookie: string | null | undefined
  display: Language | null | undefined
  accepted: string | null | undefined
}

export function preferredLanguage({ query, cookie, display, accepted }: LanguagePreferences): Language {
  const remembered = /(?:^|;\s*)lang=(ko|en)\b/.exec(cookie ?? '')?.[1]
  return chooseLanguage({ chosen: [query, remembered].find(isLanguage), display, accepted })
}

/** Base URL of the page for this visitor. */
export function pageBase({ settings }: AppContext, request: Request): string {
  return settings.followsRequestOrigin ? new URL(request.url).origin : settings.publicUrl
}
