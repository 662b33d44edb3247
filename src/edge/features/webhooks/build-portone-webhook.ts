import type { Settings } from '../../config/settings.ts'
import type { News } from '../../domain/events/event-body.ts'
import type { GlobalLink } from '../../domain/links/portone-link.ts'
import { findByUser } from './portone-merchant.ts'
import { globalStatusOf } from './portone-status.ts'
import { describeWebhook } from './portone-webhook-body.ts'

export interface TellingWorld {
  settings: Pick<Settings, 'merchants' | 'publicUrl'>
  store: { findGlobal: (linkId: string) => Promise<GlobalLink | undefined> }
}

/** What upstream itself would post of a change, and where to; nothing where its status stays the same. */
export async function tellWebhook(
  { settings, store }: TellingWorld,
  { link, status: after, before = link.status }: News,
): Promise<{ url: string; body: string } | undefined> {
  if (!link.global || after === 'registered' || before === 'registered') return undefined
  const status = globalStatusOf(after)
  if (status === globalStatusOf(before)) return undefined
  const merchant = findByUser(settings.merchants, link.user_code)
  if (!merchant?.webhook_url) return undefined
  const global = await store.findGlobal(link.id)
  if (!global) return undefined
  const body = await describeWebhook(link, global, merchant, status, settings.publicUrl)
  return { url: merchant.webhook_url, body }
}
