import type { Room } from '../deps.ts'
import { docsInitializer, docsPage } from '../docs/swagger-page.ts'
import { fail } from '../doors/page-answers.ts'
import { describeApi } from '../openapi.ts'
import type { Settings } from '../settings.ts'

let described: { url: string; document: object } | undefined

/** `GET /openapi.json`: made when first asked for, the same ever after. */
export function openapi({ edgeUrl, followsRequestOrigin }: Settings): object {
  const url = followsRequestOrigin ? '/' : edgeUrl
  if (described?.url !== url) described = { url, document: describeApi(url) }
  return described.document
}

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

/** `GET /docs`: Swagger UI from the package, not from a CDN. */
export async function docsFile(room: Room, file: string): Promise<Response> {
  if (file === 'index.html')
    return new Response(docsPage, { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
  if (file === 'dari-initializer.js')
    return new Response(docsInitializer, {
      headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' },
    })
  const found = /^[\w-]+(\.[\w-]+)+$/.test(file) ? await room.docs?.(file) : undefined
  if (!found) return fail({ reason: 'not_found' })
  return new Response(found.body, { headers: { ...headers, 'content-type': found.type } })
}
