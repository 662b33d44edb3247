// Pure: the page's view of a link that registers a card (contract/card-view.ts); of other links, the bill's view.
import type { CardTerms, CardView } from '../../../contract/cards/card-view.ts'
import type { LinkView } from '../../../contract/links/link-view.ts'
import type { Link, Registration } from '../../domain/links/link.ts'
import { statusOf } from '../../domain/links/link-status.ts'
import { billOf, linkView, receiptOf, type ViewContext } from './bill-view.ts'

export function viewOf(link: Link, context: ViewContext): LinkView | CardView {
  const { registration } = link
  return registration ? describeCard(link, registration, context) : linkView(link, context)
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function describeCard(link: Link, registration: Registration, context: ViewContext): CardView {
  const card = termsOf(registration, context)
  const { registered_at, card_name, deleted_at } = registration
  if (statusOf(link, context.now) === 'registered')
    return {
      ...billOf(link, context),
      status: 'registered',
      card,
      registered_at: iso(registered_at) ?? '',
      card_name: context.isOther ? null : card_name,
      deleted_at: iso(deleted_at),
      receipt: link.payment ? receiptOf(link, context) : null,
    }
  const view = linkView(link, context)
  if (view.status !== 'open') return { ...view, card }
  const { sdk, ...open } = view
  // A page with a card form loads no third-party script.
  return { ...open, status: 'registering', card, ...(registration.form ? {} : { sdk }) }
}

function termsOf({ replace, form, calling_until }: Registration, { merchant }: ViewContext): CardTerms {
  const { terms_url = '', privacy_url = '' } = merchant ?? {}
  return {
    ...(replace && { replaces: true }),
    ...(form && { form: { terms_url, privacy_url } }),
    ...(calling_until !== null && { asking: true }),
  }
}
