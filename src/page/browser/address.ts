// The address bar, the remembered language and the mark of a payment under way: all that a browser keeps for us.
import type { Language } from '../../contract/language.ts'

/** The link's id: first part of the path at the edge, the hash on a static host without rewrites. */
export function linkIdIn(location: Location): string {
  const fromHash = /^#\/?([0-9a-z]+)/.exec(location.hash)?.[1]
  const parts = location.pathname.split('/').filter((part) => part !== '' && part !== 'index.html')
  if (parts.at(-1) === 'return') parts.pop()
  return fromHash ?? parts.at(-1) ?? ''
}

/**
 * What the gateway put into the address on the way back, read once and then taken out of it,
 * before any third-party script can see it and so that a reload does not repeat it.
 */
export function takeReturn(location: Location, history: History): { impUid: string | undefined } | null {
  const query = new URLSearchParams(location.search)
  const impUid = /^[\w-]{1,64}$/.exec(query.get('imp_uid') ?? '')?.[0]
  const came =
    impUid !== undefined || query.has('imp_success') || query.has('error_msg') || query.has('merchant_uid')
  if (!came && !location.pathname.endsWith('/return')) return null
  const language = query.get('lang')
  const path = location.pathname.replace(/\/return$/, '')
  // Behind the path that gateways return to, a hash is the rest of a message with a `#` in it, and names no link.
  const hash = path === location.pathname ? location.hash : ''
  history.replaceState(null, '', path + (language ? `?lang=${language}` : '') + hash)
  return { impUid }
}

const yearInSeconds = 31_536_000

export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the edge must read it on the next visit; Cookie Store is not everywhere.
  document.cookie = `lang=${language}; path=/; max-age=${yearInSeconds}; samesite=lax`
}

export function rememberedLanguage(): string | undefined {
  return /(?:^|; )lang=(\w+)/.exec(document.cookie)?.[1]
}

/**
 * Says, across a reload or a trip to the gateway, that a window was opened in this tab.
 * Storage may be refused; the edge's notice then still settles the payment.
 */
export const underWay = {
  mark: (id: string) => attempt(() => sessionStorage.setItem(`paying:${id}`, '1')),
  clear: (id: string) => attempt(() => sessionStorage.removeItem(`paying:${id}`)),
  has: (id: string) => attempt(() => sessionStorage.getItem(`paying:${id}`)) != null,
}

/** A direct link opens by itself once in a tab: whoever comes back from the gateway is not sent there again. */
export const openedItself = {
  mark: (id: string) => attempt(() => sessionStorage.setItem(`direct:${id}`, '1')),
  has: (id: string) => attempt(() => sessionStorage.getItem(`direct:${id}`)) != null,
}

/** This tab's own random id, so that the edge does not tell it of its own window as of somebody else's. */
export function visitorId(): string {
  const known = attempt(() => sessionStorage.getItem('visitor'))
  if (known) return known
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  attempt(() => sessionStorage.setItem('visitor', id))
  return id
}

function attempt<Result>(storage: () => Result): Result | undefined {
  try {
    return storage()
  } catch {
    return undefined
  }
}
