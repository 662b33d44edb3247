// Error responses of links that register a card.
import type { CardFailure } from '../../../contract/cards/card-view.ts'
import type { PageFailure } from '../../../contract/links/checkout.ts'
import { pageError } from './page-response.ts'

const own: readonly string[] = ['card_exists', 'card_busy', 'not_open']

const isOwn = (failure: CardFailure | PageFailure): failure is CardFailure => own.includes(failure.reason)

export function cardError(failure: CardFailure | PageFailure): Response {
  if (!isOwn(failure)) return pageError(failure)
  return Response.json(failure, { status: 409, headers: { 'cache-control': 'no-store' } })
}
