// What the browser may do on a bill's page. As strict as i'mport's SDK allows.

import type { Settings } from '../../config/settings.ts'
import { type Gateway, gatewayScriptHosts, mayEval } from '../../domain/gateways/gateway-scripts.ts'
import { NO_STORE } from '../response/cache-control.ts'

type Policy = Record<string, string[]>

/** Where scripts may come from. Of gateways' own scripts, only those of the link's gateways. */
function scriptHosts({ iamportSdkUrl, sdkHosts }: Settings, gateways: readonly Gateway[]): string[] {
  // A sandbox of its own needs nobody else.
  if (iamportSdkUrl.startsWith('/')) return []
  const own = sdkHosts.isScriptListSet ? [] : gatewayScriptHosts(gateways)
  return [...new Set([new URL(iamportSdkUrl).origin, ...sdkHosts.script, ...own])]
}

interface Apart {
  /** Origins that may show the page in a frame: the link's merchant's, and nobody else's. */
  framedBy?: readonly string[] | undefined
  /** No payment window opens here, and nobody else's script is allowed. */
  alone?: boolean
  /** Of the link's methods. */
  gateways?: readonly Gateway[]
  /** A payment window can open here. */
  pays?: boolean
}

/** @param apart what sets this page apart from that of any other bill */
export function pageHeaders(
  settings: Settings,
  scriptSources: string[],
  { framedBy = [], alone = false, gateways = [], pays = false }: Apart = {},
): Record<string, string> {
  const { iamportSdkUrl, sdkHosts, trustedTypes } = settings
  const ownSdk = alone || iamportSdkUrl.startsWith('/')
  const sdk = ownSdk ? [] : [new URL(iamportSdkUrl).origin]
  const live = (hosts: string[]) => (ownSdk ? [] : [...sdk, ...hosts])
  // The newer way works over HTTPS alone, and where it is named browsers do not take the older one.
  const reportsTo = isSecure(settings)
  const report: Policy = { 'report-uri': ['/csp-reports'], ...(reportsTo && { 'report-to': ['csp'] }) }
  const evals = !ownSdk && mayEval(sdkHosts, gateways)
  const types: Policy = { 'require-trusted-types-for': ["'script'"] }
  const policy: Policy = {
    'default-src': ["'none'"],
    // 'self': the page's later files.
    'script-src': [
      ...scriptSources,
      "'self'",
      ...(alone ? [] : scriptHosts(settings, gateways)),
      ...(evals ? ["'unsafe-eval'"] : []),
    ],
    // The SDK writes inline styles; without them its hidden dialog lies over the page and takes every press.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...(ownSdk ? [] : ['https:'])],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...live(sdkHosts.connect)],
    'frame-src': ["'self'", ...live(sdkHosts.frame)],
    'form-action': ["'self'", ...live(sdkHosts.form)],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': framers(framedBy),
    // Trusted Types let no text run, whatever script-src says.
    ...(trustedTypes === 'enforce' && !evals ? types : {}),
    ...report,
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': written(policy),
    ...(trustedTypes === 'report' && {
      'content-security-policy-report-only': written({ ...types, ...report }),
    }),
    ...(reportsTo && { 'reporting-endpoints': 'csp="/csp-reports"' }),
    'cache-control': NO_STORE,
    // The SDK opens a popup empty and navigates it later. Under any such policy, `same-origin-allow-popups` included,
    // WebKit then cuts it off: the SDK takes a window that still takes the money for closed.
    ...(!pays && { 'cross-origin-opener-policy': 'same-origin' }),
    // Gateways check the origin; the path holds the link's id and stays here.
    'referrer-policy': 'strict-origin',
    'x-robots-tag': 'noindex, nofollow',
    'permissions-policy': 'payment=*, camera=(), microphone=(), geolocation=()',
    vary: 'accept-language, cookie, accept-encoding',
  }
}

/** Whatever is no plain origin could say more than one thing in a policy, and so says nothing. */
function framers(origins: readonly string[]): string[] {
  const plain = origins.filter(
    (origin) => /^https?:\/\/[\w.[\]:-]+$/.test(origin) && URL.parse(origin)?.origin === origin,
  )
  return plain.length > 0 ? plain : ["'none'"]
}

function written(policy: Policy): string {
  return Object.entries(policy)
    .map(([name, sources]) => `${name} ${[...new Set(sources)].join(' ')}`)
    .join('; ')
}

/** What goes with every answer of the edge. */
export function commonHeaders(settings: Settings): [name: string, value: string][] {
  return [
    ['cache-control', NO_STORE],
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-resource-policy', 'same-origin'],
    // A year. Other hosts of the domain are not ours to decide on.
    ...(isSecure(settings) ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : []),
  ]
}

const isSecure = ({ publicUrl }: Settings) => publicUrl.startsWith('https:')
