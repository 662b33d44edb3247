// Content-Security-Policy and other headers of the page. As strict as i'mport's SDK allows.

import type { Settings } from '../../config/settings.ts'
import { type Gateway, gatewayScriptHosts, mayEval } from '../../domain/gateways/gateway-scripts.ts'
import { NO_STORE } from '../response/cache-control.ts'

type Policy = Record<string, string[]>

/** Script hosts of the SDK, and of the link's gateways only. */
function scriptHosts({ iamportSdkUrl, sdkHosts }: Settings, gateways: readonly Gateway[]): string[] {
  // The sandbox serves its own SDK.
  if (iamportSdkUrl.startsWith('/')) return []
  const own = sdkHosts.isScriptListSet ? [] : gatewayScriptHosts(gateways)
  return [...new Set([new URL(iamportSdkUrl).origin, ...sdkHosts.script, ...own])]
}

interface PageHeaderOptions {
  /** Origins that may frame the page: the merchant's `embed_origins`. */
  framedBy?: readonly string[] | undefined
  /** No payment window opens here, and no third-party script may run. */
  firstPartyOnly?: boolean
  /** Gateways of the link's methods. */
  gateways?: readonly Gateway[]
  /** A payment window can open here. */
  opensPaymentWindow?: boolean
}

export function pageHeaders(
  settings: Settings,
  scriptSources: string[],
  {
    framedBy = [],
    firstPartyOnly = false,
    gateways = [],
    opensPaymentWindow = false,
  }: PageHeaderOptions = {},
): Record<string, string> {
  const { iamportSdkUrl, sdkHosts, trustedTypes } = settings
  const noThirdParty = firstPartyOnly || iamportSdkUrl.startsWith('/')
  const sdk = noThirdParty ? [] : [new URL(iamportSdkUrl).origin]
  const thirdParty = (hosts: string[]) => (noThirdParty ? [] : [...sdk, ...hosts])
  // `report-to` requires HTTPS, and browsers that support it ignore `report-uri`.
  const reportsTo = isSecure(settings)
  const report: Policy = { 'report-uri': ['/csp-reports'], ...(reportsTo && { 'report-to': ['csp'] }) }
  const evals = !noThirdParty && mayEval(sdkHosts, gateways)
  const types: Policy = { 'require-trusted-types-for': ["'script'"] }
  const policy: Policy = {
    'default-src': ["'none'"],
    // 'self' is for the lazily loaded scripts.
    'script-src': [
      ...scriptSources,
      "'self'",
      ...(firstPartyOnly ? [] : scriptHosts(settings, gateways)),
      ...(evals ? ["'unsafe-eval'"] : []),
    ],
    // The SDK writes inline styles; without them its hidden dialog covers the page and takes every click.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', ...(noThirdParty ? [] : ['https:'])],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...thirdParty(sdkHosts.connect)],
    'frame-src': ["'self'", ...thirdParty(sdkHosts.frame)],
    'form-action': ["'self'", ...thirdParty(sdkHosts.form)],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': frameAncestors(framedBy),
    // Under Trusted Types, `eval` fails even where script-src allows it.
    ...(trustedTypes === 'enforce' && !evals ? types : {}),
    ...report,
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': serializePolicy(policy),
    ...(trustedTypes === 'report' && {
      'content-security-policy-report-only': serializePolicy({ ...types, ...report }),
    }),
    ...(reportsTo && { 'reporting-endpoints': 'csp="/csp-reports"' }),
    'cache-control': NO_STORE,
    // The SDK opens an empty popup and navigates it later. With this header, even as `same-origin-allow-popups`, WebKit
    // severs the popup, and the SDK takes a window that still accepts the payment for closed.
    ...(!opensPaymentWindow && { 'cross-origin-opener-policy': 'same-origin' }),
    // Gateways check the origin; the path contains the link's id.
    'referrer-policy': 'strict-origin',
    'x-robots-tag': 'noindex, nofollow',
    'permissions-policy': 'payment=*, camera=(), microphone=(), geolocation=()',
    vary: 'accept-language, cookie, accept-encoding',
  }
}

/** Drops anything but plain origins, which could inject other directives. */
function frameAncestors(origins: readonly string[]): string[] {
  const plain = origins.filter(
    (origin) => /^https?:\/\/[\w.[\]:-]+$/.test(origin) && URL.parse(origin)?.origin === origin,
  )
  return plain.length > 0 ? plain : ["'none'"]
}

function serializePolicy(policy: Policy): string {
  return Object.entries(policy)
    .map(([name, sources]) => `${name} ${[...new Set(sources)].join(' ')}`)
    .join('; ')
}

/** Headers of every response. */
export function commonHeaders(settings: Settings): [name: string, value: string][] {
  return [
    ['cache-control', NO_STORE],
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-resource-policy', 'same-origin'],
    // One year. Without includeSubDomains: other hosts of the domain may not use HTTPS.
    ...(isSecure(settings) ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : []),
  ]
}

const isSecure = ({ publicUrl }: Settings) => publicUrl.startsWith('https:')
