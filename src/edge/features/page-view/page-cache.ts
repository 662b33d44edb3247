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

/** A GET, as much of it as a look needs. */
export interface FastRequest {
  /** Path and query, as they came. */
  target: string
  /** `http://host` as the visitor wrote it. */
  origin: string
  /** Whether Brotli may come back. */
  brotli: () => boolean
  header: (name: 'cookie' | 'accept-language') => string | undefined
}

/** An answer with status 200, its body in two parts: the first is kept and the same for many. */
export interface FastResponse {
  requestId: string
  /** Names and values in turn. */
  headers: readonly string[]
  head: Uint8Array
  /** The rest of the bytes, one in each character. */
  tail: string
}

type Made = Omit<FastResponse, 'requestId'>

/** What a page depends on besides its link. */
interface Place {
  language: Language
  base: string
  key: string
}

export type FastPath = (asked: FastRequest) => FastResponse | undefined | Promise<FastResponse | undefined>

/** Whoever writes other hosts into their requests does not fill the memory. */
const mostPages = 4

/** Sets of gateways: a server has a handful. */
const mostHeads = 100

/**
 * The two answers that every visit asks for, `GET /{id}` and `GET /links/{id}`, for open links that nobody is
 * paying: made once, and given again for as long as nothing changed. Undefined: the route table answers, as it
 * answers everything else.
 */
export function createFastPath(context: AppContext): FastPath {
  const { settings } = context
  const kept = createLinkCache(context)
  const always = Object.fromEntries(commonHeaders(settings))
  const fixedViewHeaders = Object.entries({ ...viewHeaders, ...always }).flat()
  let pageHeads = { of: [] as string[], byGateways: new Map<string, string[]>() }

  return (asked) => {
    const { target } = asked
    const isView = target.startsWith('/links/')
    const query = target.indexOf('?')
    const id = target.slice(isView ? '/links/'.length : 1, query < 0 ? undefined : query)
    if (!isLinkId(id)) return undefined
    const began = performance.now()
    const known = kept.recall(id, context.now())
    const look = known && (isView ? viewOf(known) : pageOf(known, asked))
    if (look) return noted(look, id, isView, began)
    // Whatever breaks here breaks again in the table, where it is logged.
    return lookAnew(id, asked, isView, began).catch(() => undefined)
  }

  async function lookAnew(id: string, asked: FastRequest, isView: boolean, began: number) {
    const link = await kept.find(id, context.now())
    const look = link && (isView ? viewOf(link) : (pageOf(link, asked) ?? (await packedPage(link, asked))))
    return look && noted(look, id, isView, began)
  }

  function viewOf({ view }: CachedLink): Made {
    return { headers: fixedViewHeaders, head: view, tail: `,"now":"${clock()}"}` }
  }

  function pageOf(link: CachedLink, asked: FastRequest): Made | undefined {
    const page = asked.brotli() && link.pages.get(placeOf(link, asked).key)
    return page ? shown(page, link) : undefined
  }

  /** Several who look at once wait for the same page. */
  async function packedPage(link: CachedLink, asked: FastRequest): Promise<Made | undefined> {
    if (!asked.brotli()) return undefined
    const place = placeOf(link, asked)
    const known = link.packing.get(place.key)
    const packing = known ?? pack(link, place).finally(() => link.packing.delete(place.key))
    if (!known) link.packing.set(place.key, packing)
    const page = await packing
    if (page && link.pages.size < mostPages) link.pages.set(place.key, page)
    return page && shown(page, link)
  }

  async function pack({ id, bill }: CachedLink, { language, base }: Place): Promise<PackedPage | undefined> {
    const url = `${base}/${id}`
    return context.page.pack?.({ view: bill, language, returning: false, url })
  }

  function placeOf({ displayLanguage }: CachedLink, { target, origin, header }: FastRequest): Place {
    const query = target.indexOf('?')
    const language = preferredLanguage({
      asked: query < 0 ? null : new URLSearchParams(target.slice(query)).get('lang'),
      cookie: header('cookie'),
      display: displayLanguage,
      accepted: header('accept-language'),
    })
    const base = settings.followsRequestOrigin ? origin : settings.publicUrl
    return { language, base, key: language + base }
  }

  function shown({ head, tail, scriptSources }: PackedPage, { gateways }: CachedLink): Made {
    return { headers: headOf(scriptSources, gateways), head, tail: tail(clock()) }
  }

  /** Links with the same gateways have the same headers. */
  function headOf(scriptSources: string[], gateways: readonly Gateway[]): string[] {
    const key = gateways.join()
    if (pageHeads.of !== scriptSources || pageHeads.byGateways.size >= mostHeads)
      pageHeads = { of: scriptSources, byGateways: new Map() }
    const known = pageHeads.byGateways.get(key)
    if (known) return known
    const policy = pageHeaders(settings, scriptSources, { gateways, pays: true })
    const head = Object.entries({ ...policy, ...always, 'content-encoding': 'br' }).flat()
    pageHeads.byGateways.set(key, head)
    return head
  }

  function clock(): string {
    return new Date(context.now()).toISOString()
  }

  function noted(made: Made, link: string, isView: boolean, began: number): FastResponse {
    const requestId = makeRandomId(context.random)
    const route = isView ? '/links/:id' : '/:id'
    const ms = performance.now() - began
    logAnswer(context, { request: requestId, method: 'GET', route, status: 200, ms, link })
    return { requestId, ...made }
  }
}
