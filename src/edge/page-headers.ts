// What the browser may do on a bill's page. As strict as i'mport's SDK allows; the hosts were read from
// the SDK and seen in a browser (shared facts, "The real browser SDK").
import type { Settings } from './settings.ts'

/** Scripts of the newer payment path are loaded by address. */
const scriptHosts = ['https://cdn.iamport.kr', 'https://cdn.portone.io', 'https://js.tosspayments.com']
const connectHosts = ['https://service.iamport.kr', 'https://*.prod.iamport.co', 'https://*.tosspayments.com']

export function pageHeaders(settings: Settings, scriptSources: string[]): Record<string, string> {
  const { iamportSdkUrl } = settings
  const ownSdk = iamportSdkUrl.startsWith('/')
  const sdk = ownSdk ? [] : [new URL(iamportSdkUrl).origin]
  // A sandbox of its own needs nobody else.
  const live = (hosts: string[]) => (ownSdk ? [] : hosts)
  const policy = {
    'default-src': ["'none'"],
    // 'self': the page's later files.
    'script-src': [...new Set([...scriptSources, "'self'", ...sdk, ...live(scriptHosts)])],
    // The SDK writes inline styles; without them its hidden dialog lies over the page and takes every press.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...live(['https:'])],
    'font-src': ["'self'"],
    'connect-src': [...new Set(["'self'", ...sdk, ...live(connectHosts)])],
    // The newer path frames whichever gateway it is; the older one stays inside i'mport's own frame.
    'frame-src': [...new Set(["'self'", ...sdk, ...live(['https:'])])],
    // On a phone the SDK posts a form to the gateway, whichever it is.
    'form-action': ["'self'", ...sdk, ...live(['https:'])],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': ["'none'"],
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources.join(' ')}`)
      .join('; '),
    'cache-control': 'no-store',
    // Gateways check the origin; the path holds the link's id and stays here.
    'referrer-policy': 'strict-origin',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
    'permissions-policy': 'payment=*, camera=(), microphone=(), geolocation=()',
    vary: 'accept-language, cookie',
  }
}
