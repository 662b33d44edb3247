import type { Room } from '../deps.ts'
import { answer, failUnknown } from '../doors/page-answers.ts'
import { findById, languageOf, viewFor } from '../doors/page-link.ts'
import { visitorSchema } from '../doors/visitor.ts'

/** `GET /links/{id}`; `?visitor=` names who asks, so that their own window is not told as another's. */
export async function viewLink(room: Room, request: Request, id: string): Promise<Response> {
  const link = await findById(room, id)
  if (!link) return failUnknown(id)
  const asked = visitorSchema.safeParse(new URL(request.url).searchParams.get('visitor') ?? undefined)
  return answer(await viewFor(room, link, { visitor: asked.data, language: languageOf(request, link) }))
}
