// In-app browsers of chat and social apps, which may fail to switch to a payment app.

export interface ExternalBrowserLink {
  /** Opens the page in the default browser; null if the customer has to copy the address. */
  href: string | null
}

const inApp = /KAKAOTALK|NAVER\(inapp|Instagram|\bLine\/|FBAN|FBAV|FB_IAB|DaumApps|; wv\)/i

/** Null in ordinary browsers. */
export function externalBrowserLink(userAgent: string, url: string): ExternalBrowserLink | null {
  if (!inApp.test(userAgent)) return null
  if (/KAKAOTALK/i.test(userAgent)) {
    return { href: `kakaotalk://web/openExternal?url=${encodeURIComponent(url)}` }
  }
  if (/\bLine\//.test(userAgent)) {
    return { href: `${url}${url.includes('?') ? '&' : '?'}openExternalBrowser=1` }
  }
  if (/Android/.test(userAgent)) {
    const { protocol, host, pathname, search } = new URL(url)
    return {
      href: `intent://${host}${pathname}${search}#Intent;scheme=${protocol.slice(0, -1)};action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end`,
    }
  }
  return { href: null }
}
