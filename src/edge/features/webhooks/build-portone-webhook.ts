import type { Settings } from '../../config/settings.ts'
import type { EventData } from '../../domain/events/event-body.ts'
import type { PortoneLink } from '../../domain/links/portone-link.ts'
import { findByUser } from './portone-merchant.ts'
import { portoneStatusOf } from './portone-status.ts'
import { portoneWebhookBody } from './portone-webhook-body.ts'

export interface WebhookContext {
  settings: Pick<Settings, 'merchants' | 'publicUrl'>
  store: { findPortoneDetails: (linkId: string) => Promise<PortoneLink | undefined> }
}

/** Upstream's webhook of a change, and its URL; undefined if the global API's status stays the same. */
export async function buildPortoneWebhook(
  { settings, store }: WebhookContext,
  { link, status: after, before = link.status }: EventData,
): Promise<{ url: string; body: string } | undefined> {
  if (!link.global || after === 'registered' || before === 'registered') return undefined
  const status = portoneStatusOf(after)
  if (status === portoneStatusOf(before)) return undefined
  const merchant = findByUser(settings.merchants, link.user_code)
  if (!merchant?.webhook_url) return undefined
  const global = await store.findPortoneDetails(link.id)
  if (!global) return undefined
  const body = await portoneWebhookBody(link, global, merchant, status, settings.publicUrl)
  return { url: merchant.webhook_url, body }
}
