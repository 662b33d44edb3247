import type { AppContext } from '../../context.ts'
import { CACHE_FOREVER } from '../../http/response/cache-control.ts'
import { pageError } from '../../http/response/page-response.ts'

/** `GET /logos/{hash}-{width}x{height}`: a merchant's logo as it was checked. The same for ever, so it is asked for once. */
export async function handleLogo(context: AppContext, id: string): Promise<Response> {
  const hash = /^([0-9a-f]{64})-\d+x\d+$/.exec(id)?.[1]
  const found = hash && (await context.store.readLogo(hash))
  if (!found) return pageError({ reason: 'not_found' })
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      'content-type': found.type,
      'cache-control': CACHE_FOREVER,
      // Opened by itself, whatever is hidden in it is nothing but a picture.
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      // The page may be hosted on another origin.
      'cross-origin-resource-policy': 'cross-origin',
      'x-robots-tag': 'noindex',
    },
  })
}
