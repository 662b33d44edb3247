// State that the browser keeps: address bar, language cookie, session storage.
import type { Language } from '../../contract/language.ts'

/** Link ID: first path segment at the edge, hash on a static host without rewrites. */
export function linkIdIn(location: Location): string {
  const fromHash = /^#\/?([0-9a-z]+)/.exec(location.hash)?.[1]
  const parts = location.pathname.split('/').filter((part) => part !== '' && part !== 'index.html')
  if (parts.at(-1) === 'return') parts.pop()
  return fromHash ?? parts.at(-1) ?? ''
}

/**
 * Reads the gateway's result from the address and removes it, so that no third-party script sees it and a reload
 * does not repeat it.
 */
export function takeGatewayResult(
  location: Location,
  history: History,
): { impUid: string | undefined } | null {
  const query = new URLSearchParams(location.search)
  const impUid = /^[\w-]{1,64}$/.exec(query.get('imp_uid') ?? '')?.[0]
  const isReturn =
    impUid !== undefined || query.has('imp_success') || query.has('error_msg') || query.has('merchant_uid')
  if (!isReturn && !location.pathname.endsWith('/return')) return null
  const language = query.get('lang')
  const path = location.pathname.replace(/\/return$/, '')
  // On the return path, a hash is the rest of a gateway message that contains `#`, not a link ID.
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
 * Remembers across reloads and redirects that this tab opened a payment window. If storage is blocked, the webhook
 * still settles the payment.
 */
export const pendingPayment = {
  mark: (id: string) => tryStorage(() => sessionStorage.setItem(`paying:${id}`, '1')),
  clear: (id: string) => tryStorage(() => sessionStorage.removeItem(`paying:${id}`)),
  has: (id: string) => tryStorage(() => sessionStorage.getItem(`paying:${id}`)) != null,
}

/**
 * A direct link opens its window once per tab, so a customer who returns from the gateway is not sent back there.
 */
export const autoOpened = {
  mark: (id: string) => tryStorage(() => sessionStorage.setItem(`direct:${id}`, '1')),
  has: (id: string) => tryStorage(() => sessionStorage.getItem(`direct:${id}`)) != null,
}

/** Random tab ID; lets the edge ignore this tab's own open window. Not personal data. */
export function visitorId(): string {
  const known = tryStorage(() => sessionStorage.getItem('visitor'))
  if (known) return known
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  tryStorage(() => sessionStorage.setItem('visitor', id))
  return id
}

function tryStorage<Result>(storage: () => Result): Result | undefined {
  try {
    return storage()
  } catch {
    return undefined
  }
}
