import type { Language } from '../../../contract/language.ts'
import type { LinkExtras } from '../../../contract/links/link-extras.ts'
import { findMerchant } from '../../config/merchants.ts'
import type { AppContext } from '../../context.ts'
import type { Link } from '../../domain/links/link.ts'
import { billStatusOf } from '../../domain/links/link-status.ts'
import { describeExtras } from './describe-extras.ts'
import { type LastAttempt, redirectUrl } from './redirect-url.ts'

export async function extrasOf(
  { store, settings, now }: Pick<AppContext, 'store' | 'settings' | 'now'>,
  link: Link,
  { tried, language }: { tried: LastAttempt | undefined; language: Language | undefined },
): Promise<LinkExtras | undefined> {
  const global = link.global && (await store.findPortoneDetails(link.id))
  if (!global) return undefined
  // Signs only recorded imp_uids: a failure that i'mport reported is recorded for its link.
  const attempt = tried?.imp_uid === undefined ? undefined : await store.findPayment(tried.imp_uid)
  const known = tried && { ...tried, imp_uid: attempt?.link_id === link.id ? attempt.imp_uid : undefined }
  const merchant = findMerchant(settings.merchants, link.user_code)
  const isPayer = tried?.visitor !== undefined && (await store.wasGranted(link.id, tried.visitor))
  const addressed = isPayer ? global : { ...global, buyer: null }
  return describeExtras(global, {
    embedOrigins: merchant?.embed_origins ?? [],
    onwardUrl: await redirectUrl(
      link,
      addressed,
      billStatusOf(link, now()),
      { tried: known, language },
      merchant?.portone_secret,
    ),
  })
}
