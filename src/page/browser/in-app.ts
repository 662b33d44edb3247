// Browsers inside chat and social apps: switching to a payment app may fail there.

export interface WayOut {
  /** Opens the page in the phone's own browser; null where only copying the address helps. */
  href: string | null
}

const inApp = /KAKAOTALK|NAVER\(inapp|Instagram|\bLine\/|FBAN|FBAV|FB_IAB|DaumApps|; wv\)/i

/** Null in an ordinary browser. */
export function wayOut(userAgent: string, url: string): WayOut | null {
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
