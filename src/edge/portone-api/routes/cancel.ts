import type { Room } from '../../context.ts'
import { endLink } from '../../features/links/disable-link.ts'
import { refuseGlobal, refuseProblems } from '../../http/response/portone-response.ts'
import { authenticateGlobal } from '../authenticate.ts'
import { answerLink, findGlobalLink, noSuchLink } from './read.ts'

/** `POST` or `PUT /api/paymentLink/{ref}/cancelled`: calm about a link that has ended unpaid already. */
export async function cancelGlobalLink(
  room: Room,
  request: Request,
  ref: string,
  address: string,
): Promise<Response> {
  const auth = await authenticateGlobal(room, request, address)
  if (!auth.ok) return refuseGlobal(auth.refusal)
  const find = () => findGlobalLink(room, ref, auth.merchant)
  const ended = await endLink(room, find)
  const link = ended === 'ended' ? await find() : undefined
  if (link) return answerLink(room, link, (report) => report)
  if (ended === 'no such link') return refuseGlobal(noSuchLink)
  const message =
    ended === 'busy'
      ? 'the link is changing at this moment: try again'
      : `the link is ${ended} and can no longer be cancelled`
  return refuseProblems([{ path: 'ref', message, code: '4083' }])
}

/** A client of upstream's was seen to send GET. What only looks, as mail scanners do, must change nothing. */
export function refuseCancelByGet(): Response {
  return refuseGlobal({
    status: 405,
    code: '4001',
    message: 'POST or PUT cancels a link; GET changes nothing',
  })
}
