import type { Language } from '../../../contract/language.ts'
import { isLinkId } from '../../../contract/links/link-id.ts'
import type { AppContext } from '../../context.ts'
import type { Gateway } from '../../domain/gateways/gateway-scripts.ts'
import { logAnswer } from '../../http/middleware/request-log.ts'
import { commonHeaders, pageHeaders } from '../../http/middleware/security-headers.ts'
import { preferredLanguage } from '../../http/request/page-request.ts'
import { viewHeaders } from '../../http/response/page-response.ts'
import type { PackedPage } from '../../platform/ports/page-renderer.ts'
import { makeRandomId } from '../../platform/random-id.ts'
import { type CachedLink, createLinkCache } from './cached-links.ts'

/** The parts of a GET request that the fast path needs. */
export interface FastRequest {
  /** Path and query, as sent. */
  target: string
  /** `http://host` as the client sent it. */
  origin: string
  /** Whether the client accepts Brotli. */
  brotli: () => boolean
  header: (name: 'cookie' | 'accept-language') => string | undefined
}

/** A response with status 200. `head` is cached and shared by many responses. */
export interface FastResponse {
  requestId: string
  /** Alternating names and values. */
  headers: readonly string[]
  head: Uint8Array
  /** The rest of the body, one Latin-1 character per byte. */
  tail: string
}

type CachedResponse = Omit<FastResponse, 'requestId'>

/** What a page depends on besides its link. */
interface PageKey {
  language: Language
  base: string
  key: string
}

export type FastPath = (request: FastRequest) => FastResponse | undefined | Promise<FastResponse | undefined>

/** Limits memory if clients send many Host headers. */
const maxPages = 4

/** By set of gateways; a server usually has a handful. */
const maxHeads = 100

/**
 * Serves `GET /{id}` and `GET /links/{id}` of open links from a cache, without the router. Returns undefined when the
 * router has to answer.
 */
export function createFastPath(context: AppContext): FastPath {
  const { settings } = context
  const cache = createLinkCache(context)
  const commonHeaderFields = Object.fromEntries(commonHeaders(settings))
  const fixedViewHeaders = Object.entries({ ...viewHeaders, ...commonHeaderFields }).flat()
  let pageHeads = { of: [] as string[], byGateways: new Map<string, string[]>() }

  return (request) => {
    const { target } = request
    const isView = target.startsWith('/links/')
    const queryAt = target.indexOf('?')
    const id = target.slice(isView ? '/links/'.length : 1, queryAt < 0 ? undefined : queryAt)
    if (!isLinkId(id)) return undefined
    const startedAt = performance.now()
    const known = cache.getCurrent(id, context.now())
    const response = known && (isView ? viewOf(known) : pageOf(known, request))
    if (response) return withRequestLog(response, id, isView, startedAt)
    // The router repeats a failing request and logs its error.
    return findAndRespond(id, request, isView, startedAt).catch(() => undefined)
  }

  async function findAndRespond(id: string, request: FastRequest, isView: boolean, startedAt: number) {
    const link = await cache.find(id, context.now())
    const response =
      link && (isView ? viewOf(link) : (pageOf(link, request) ?? (await packedPage(link, request))))
    return response && withRequestLog(response, id, isView, startedAt)
  }

  function viewOf({ view }: CachedLink): CachedResponse {
    return { headers: fixedViewHeaders, head: view, tail: `,"now":"${clock()}"}` }
  }

  function pageOf(link: CachedLink, request: FastRequest): CachedResponse | undefined {
    const page = request.brotli() && link.pages.get(pageKeyOf(link, request).key)
    return page ? toResponse(page, link) : undefined
  }

  /** Concurrent requests share one compression. */
  async function packedPage(link: CachedLink, request: FastRequest): Promise<CachedResponse | undefined> {
    if (!request.brotli()) return undefined
    const pageKey = pageKeyOf(link, request)
    const known = link.packing.get(pageKey.key)
    const packing = known ?? pack(link, pageKey).finally(() => link.packing.delete(pageKey.key))
    if (!known) link.packing.set(pageKey.key, packing)
    const page = await packing
    if (page && link.pages.size < maxPages) link.pages.set(pageKey.key, page)
    return page && toResponse(page, link)
  }

  async function pack(
    { id, bill }: CachedLink,
    { language, base }: PageKey,
  ): Promise<PackedPage | undefined> {
    const url = `${base}/${id}`
    return context.page.pack?.({ view: bill, language, returning: false, url })
  }

  function pageKeyOf({ displayLanguage }: CachedLink, { target, origin, header }: FastRequest): PageKey {
    const queryAt = target.indexOf('?')
    const language = preferredLanguage({
      query: queryAt < 0 ? null : new URLSearchParams(target.slice(queryAt)).get('lang'),
      cookie: header('cookie'),
      display: displayLanguage,
      accepted: header('accept-language'),
    })
    const base = settings.followsRequestOrigin ? origin : settings.publicUrl
    return { language, base, key: language + base }
  }

  function toResponse({ head, tail, scriptSources }: PackedPage, { gateways }: CachedLink): CachedResponse {
    return { headers: headOf(scriptSources, gateways), head, tail: tail(clock()) }
  }

  /** Cached by gateways, which decide on the headers. */
  function headOf(scriptSources: string[], gateways: readonly Gateway[]): string[] {
    const key = gateways.join()
    if (pageHeads.of !== scriptSources || pageHeads.byGateways.size >= maxHeads)
      pageHeads = { of: scriptSources, byGateways: new Map() }
    const known = pageHeads.byGateways.get(key)
    if (known) return known
    const policy = pageHeaders(settings, scriptSources, { gateways, opensPaymentWindow: true })
    const head = Object.entries({ ...policy, ...commonHeaderFields, 'content-encoding': 'br' }).flat()
    pageHeads.byGateways.set(key, head)
    return head
  }

  function clock(): string {
    return new Date(context.now()).toISOString()
  }

  function withRequestLog(
    response: CachedResponse,
    link: string,
    isView: boolean,
    startedAt: number,
  ): FastResponse {
    const requestId = makeRandomId(context.random)
    const route = isView ? '/links/:id' : '/:id'
    const ms = performance.now() - startedAt
    logAnswer(context, { request: requestId, method: 'GET', route, status: 200, ms, link })
    return { requestId, ...response }
  }
}
