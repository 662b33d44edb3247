import type { AppContext } from '../../context.ts'
import { CACHE_FOREVER } from '../../http/response/cache-control.ts'
import { pageError } from '../../http/response/page-response.ts'

/** `GET /logos/{hash}-{width}x{height}`: a merchant's logo. Immutable. */
export async function handleLogo(context: AppContext, id: string): Promise<Response> {
  const hash = /^([0-9a-f]{64})-\d+x\d+$/.exec(id)?.[1]
  const found = hash && (await context.store.readLogo(hash))
  if (!found) return pageError({ reason: 'not_found' })
  return new Response(new Uint8Array(found.bytes), {
    headers: {
      'content-type': found.type,
      'cache-control': CACHE_FOREVER,
      // Keeps active content hidden in the file from running when it is opened directly.
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      // The page may be served from another origin.
      'cross-origin-resource-policy': 'cross-origin',
      'x-robots-tag': 'noindex',
    },
  })
}
