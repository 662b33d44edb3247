import type { AppContext } from '../../context.ts'
import { disableLink } from '../../features/links/disable-link.ts'
import { portoneError, portoneFieldErrors } from '../../http/response/portone-response.ts'
import { authenticatePortone } from '../authenticate.ts'
import { findPortoneLink, noSuchLink, portoneLinkResponse } from './read.ts'

/** `POST` or `PUT /api/paymentLink/{ref}/cancelled`. Idempotent for links that are already disabled or expired. */
export async function handlePortoneCancel(
  context: AppContext,
  request: Request,
  ref: string,
  address: string,
): Promise<Response> {
  const auth = await authenticatePortone(context, request, address)
  if (!auth.ok) return portoneError(auth.refusal)
  const find = () => findPortoneLink(context, ref, auth.merchant)
  const ended = await disableLink(context, find)
  const link = ended === 'ended' ? await find() : undefined
  if (link) return portoneLinkResponse(context, link, (report) => report)
  if (ended === 'no such link') return portoneError(noSuchLink)
  const message =
    ended === 'busy'
      ? 'the link is changing at this moment: try again'
      : `the link is ${ended} and can no longer be cancelled`
  return portoneFieldErrors([{ path: 'ref', message, code: '4083' }])
}

/** A known client of upstream's sends GET, but GET must be safe: mail scanners follow links. */
export function rejectCancelByGet(): Response {
  return portoneError({
    status: 405,
    code: '4001',
    message: 'POST or PUT cancels a link; GET changes nothing',
  })
}
