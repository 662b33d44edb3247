import type { Room } from '../../context.ts'
import { keptForEver } from '../../http/response/cache-control.ts'
import { fail } from '../../http/response/page-response.ts'

/** `GET /logos/{hash}-{width}x{height}`: a merchant's logo as it was checked. The same for ever, so it is asked for once. */
export async function logo(room: Room, id: string): Promise<Response> {
  const hash = /^([0-9a-f]{64})-\d+x\d+$/.exec(id)?.[1]
  const found = hash && (await room.store.readLogo(hash))
  if (!found) return fail({ reason: 'not_found' })
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      'content-type': found.type,
      'cache-control': keptForEver,
      // Opened by itself, whatever is hidden in it is nothing but a picture.
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      // The page may be hosted on another origin.
      'cross-origin-resource-policy': 'cross-origin',
      'x-robots-tag': 'noindex',
    },
  })
}
