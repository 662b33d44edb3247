import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { visitorSchema } from '../../features/page-view/visitor.ts'
import { findById } from '../../http/request/page-request.ts'
import { readBody } from '../../http/request/read-body.ts'
import { json, pageError } from '../../http/response/page-response.ts'

export const openedSchema = z.object({ visitor: visitorSchema.unwrap() })

/**
 * `POST /links/{id}/opened`: the page opens the granted payment window. Only used to warn the link's other
 * visitors; sent while the page is being left, so it may be lost.
 */
export async function handleOpened(context: AppContext, request: Request, id: string): Promise<Response> {
  const link = await findById(context, id)
  if (!link) return pageError({ reason: 'not_found' })
  const body = await readBody(request, 'json')
  if (!body.ok) return pageError({ reason: 'bad_request', message: body.message }, body.status)
  const opened = openedSchema.safeParse(body.value)
  if (!opened.success) return pageError({ reason: 'bad_request', message: 'visitor is required' })
  await context.store.markOpened(link.id, opened.data.visitor, context.now())
  return json({})
}
