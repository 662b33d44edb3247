// Pure: gateways whose window is opened by a script of their own, which i'mport's SDK adds to our page. The SDK 1.5.0
// names the gateways; most addresses come from upstream's frame at run time, so these are the hosts that the gateways'
// own integration samples load the same script from (guides/settings.md says what is not verified).
import type { LinkContent, LinkMethod } from '../links/link.ts'
import { providerOf } from './gateway.ts'

interface OwnScript {
  /** Live and test. Empty: unknown. */
  hosts: readonly string[]
  /** It calls eval. */
  evals?: true
}

export const ownScripts: Readonly<Record<string, OwnScript>> = {
  mobilians: {
    hosts: ['https://mup.mobilians.co.kr', 'https://mcash.mobilians.co.kr', 'https://test.mobilians.co.kr'],
    evals: true,
  },
  kicc: {
    hosts: [
      'https://pg.easypay.co.kr',
      'https://testpg.easypay.co.kr',
      'https://sp.easypay.co.kr',
      'https://testsp.easypay.co.kr',
    ],
  },
  smilepay: { hosts: ['https://pg.cnspay.co.kr'] },
  settle_acc: { hosts: ['https://ezauth.settlebank.co.kr', 'https://tbezauth.settlebank.co.kr'] },
  uplus: {
    hosts: [
      'https://xpay.uplus.co.kr',
      'https://xpayvvip.uplus.co.kr',
      'https://pretest.uplus.co.kr:9443',
      'https://xpay.tosspayments.com',
      'https://xpayvvip.tosspayments.com',
      'https://pretest.tosspayments.com:9443',
    ],
  },
  payple: {
    hosts: ['https://cpay.payple.kr', 'https://democpay.payple.kr', 'https://testcpay.payple.kr'],
  },
  naverpay: { hosts: ['https://nsp.pay.naver.com'] },
  tosspayments: { hosts: ['https://js.tosspayments.com'] },
  chai: { hosts: [] },
  kcp_quick: { hosts: [] },
}

/** A gateway's code; undefined where the link does not tell it (a channel key, a bare merchant id). */
export type Gateway = string | undefined

/** Each once, in an order of their own: links with the same gateways have the same policy. */
export const gatewaysOf = (methods: readonly Pick<LinkMethod, 'provider'>[]): Gateway[] =>
  [...new Set(methods.map(({ provider }) => provider))].sort()

const scriptOf = (gateway: string) => (Object.hasOwn(ownScripts, gateway) ? ownScripts[gateway] : undefined)

export function gatewayScriptHosts(gateways: readonly Gateway[]): string[] {
  const possible = gateways.includes(undefined) ? Object.keys(ownScripts) : gateways
  return [...new Set(possible.flatMap((gateway) => (gateway && scriptOf(gateway)?.hosts) || []))]
}

interface ScriptPolicy {
  script: readonly string[]
  isScriptListSet: boolean
  evalGateways: readonly string[]
}

/** May one of these gateways run text as a script, by the operator's leave? */
export const mayEval = ({ evalGateways }: ScriptPolicy, gateways: readonly Gateway[]): boolean =>
  gateways.some((gateway) => (gateway ? evalGateways.includes(gateway) : evalGateways.length > 0))

/**
 * Methods whose script the page's policy would stop, so that no customer could pay by them. A sandbox's SDK adds no
 * script of others, and a page that a card is typed into has no SDK.
 */
export function checkGatewayScripts(
  { iamportSdkUrl, sdkHosts: policy }: { iamportSdkUrl: string; sdkHosts: ScriptPolicy },
  { methods, direct, registration }: Pick<LinkContent, 'methods' | 'direct' | 'registration'>,
): { path: string; message: string }[] {
  if (iamportSdkUrl.startsWith('/') || registration?.form) return []
  return methods.flatMap(({ pg }, at) => {
    const gateway = providerOf(pg)
    const missing = gateway && whatIsMissing(policy, gateway)
    return missing ? [{ path: direct ? 'direct.pg' : `pay_methods.${at}.pg`, message: missing }] : []
  })
}

function whatIsMissing(policy: ScriptPolicy, gateway: string): string | undefined {
  const own = scriptOf(gateway)
  if (!own) return undefined
  const { hosts, evals } = own
  const { script, isScriptListSet, evalGateways } = policy
  if (hosts.length === 0 && !isScriptListSet)
    return `${gateway} opens its window by a script from a host that is not known here: set CSP_SCRIPT_HOSTS to a list with that host`
  if (isScriptListSet && hosts.length > 0 && !hosts.some((host) => script.includes(host)))
    return `${gateway} opens its window by a script of its own: CSP_SCRIPT_HOSTS must list ${hosts.join(' or ')}`
  if (evals && !evalGateways.includes(gateway))
    return `${gateway} opens its window by a script that calls eval, which the page forbids: set CSP_EVAL_GATEWAYS=${gateway} to allow it on its links`
  return undefined
}
