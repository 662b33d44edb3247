import type { Room } from '../deps.ts'
import { answer, fail } from '../doors/page-answers.ts'
import { findById, viewFor } from '../doors/page-link.ts'

/** `GET /links/{id}` */
export async function viewLink(room: Room, id: string): Promise<Response> {
  const link = await findById(room, id)
  return link ? answer(await viewFor(room, link)) : fail({ reason: 'not_found' })
}
