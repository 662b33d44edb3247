import type { Settings } from '../config/settings.ts'
import type { AppContext } from '../context.ts'
import { CACHE_ONE_DAY, REVALIDATE } from '../http/response/cache-control.ts'
import { pageError } from '../http/response/page-response.ts'
import { embedExample, embedExampleScript } from './embed-example.ts'
import { describeApi } from './openapi.ts'
import { docsInitializer, docsPage } from './swagger-page.ts'

let described: { url: string; document: object } | undefined

/** `GET /openapi.json`; generated on the first request. */
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
  'cache-control': REVALIDATE,
}

/** The example frames any link; the link's own policy decides whether it may. */
const exampleHeaders = {
  ...headers,
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; frame-src 'self' http: https:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
}

const html = 'text/html; charset=utf-8'
const javascript = 'text/javascript; charset=utf-8'

/** `GET /docs`: Swagger UI from the npm package, not a CDN; in the sandbox also the embed example. */
export async function docsFile(context: AppContext, file: string): Promise<Response> {
  const send = (body: BodyInit, type: string, head = headers) =>
    new Response(body, { headers: { ...head, 'content-type': type } })
  if (file === 'index.html') return send(docsPage, html)
  if (file === 'dari-initializer.js') return send(docsInitializer, javascript)
  if (context.settings.sandbox && file === 'embed-example') return send(embedExample, html, exampleHeaders)
  if (context.settings.sandbox && file === 'embed-example.js') return send(embedExampleScript, javascript)
  const found = /^[\w-]+(\.[\w-]+)+$/.test(file) ? await context.docs?.(file) : undefined
  return found
    ? send(found.body, found.type, { ...headers, 'cache-control': CACHE_ONE_DAY })
    : pageError({ reason: 'not_found' })
}
