import type { AppContext } from '../../context.ts'
import { viewFor } from '../../features/page-view/link-view.ts'
import { visitorSchema } from '../../features/page-view/visitor.ts'
import { findById, languageOf } from '../../http/request/page-request.ts'
import { json, unknownLink } from '../../http/response/page-response.ts'

/** `GET /links/{id}?visitor=`: the visitor's own open window is left out of `busy`. */
export async function handleView(context: AppContext, request: Request, id: string): Promise<Response> {
  const link = await findById(context, id)
  if (!link) return unknownLink(id)
  const parsed = visitorSchema.safeParse(new URL(request.url).searchParams.get('visitor') ?? undefined)
  return json(await viewFor(context, link, { visitor: parsed.data, language: languageOf(request, link) }))
}
