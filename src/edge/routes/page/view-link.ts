import type { Room } from '../../context.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { visitorSchema } from '../../features/page-view/visitor.ts'
import { findById, languageOf } from '../../http/request/page-request.ts'
import { answer, failUnknown } from '../../http/response/page-response.ts'

/** `GET /links/{id}`; `?visitor=` names who asks, so that their own window is not told as another's. */
export async function viewLink(room: Room, request: Request, id: string): Promise<Response> {
  const link = await findById(room, id)
  if (!link) return failUnknown(id)
  const asked = visitorSchema.safeParse(new URL(request.url).searchParams.get('visitor') ?? undefined)
  return answer(await viewFor(room, link, { visitor: asked.data, language: languageOf(request, link) }))
}
