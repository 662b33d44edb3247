// Pure: gateways whose own script opens the payment window. i'mport's SDK adds that script to our page. The gateways are
// those in SDK 1.5.0; i'mport sends most script URLs at run time, so the hosts come from the gateways' own integration
// samples (docs/guides/settings.md lists what is unverified).
import type { LinkContent, LinkMethod } from '../links/link.ts'
import { providerOf } from './gateway.ts'

interface OwnScript {
  /** Live and test hosts; empty if unknown. */
  hosts: readonly string[]
  /** The script calls eval. */
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

/** A gateway's code; undefined if the link has only a channel key or a bare merchant id. */
export type Gateway = string | undefined

/** Unique and sorted, so that links with the same gateways share one policy. */
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

/** True if CSP_EVAL_GATEWAYS allows eval for one of these gateways. */
export const mayEval = ({ evalGateways }: ScriptPolicy, gateways: readonly Gateway[]): boolean =>
  gateways.some((gateway) => (gateway ? evalGateways.includes(gateway) : evalGateways.length > 0))

/**
 * Reports methods whose script the page's CSP would block, so that no customer could pay. Skips sandboxes, whose SDK
 * loads no gateway scripts, and card forms, which load no SDK.
 */
export function checkGatewayScripts(
  { iamportSdkUrl, sdkHosts: policy }: { iamportSdkUrl: string; sdkHosts: ScriptPolicy },
  { methods, direct, registration }: Pick<LinkContent, 'methods' | 'direct' | 'registration'>,
): { path: string; message: string }[] {
  if (iamportSdkUrl.startsWith('/') || registration?.form) return []
  return methods.flatMap(({ pg }, index) => {
    const gateway = providerOf(pg)
    const missing = gateway && missingPermission(policy, gateway)
    return missing ? [{ path: direct ? 'direct.pg' : `pay_methods.${index}.pg`, message: missing }] : []
  })
}

function missingPermission(policy: ScriptPolicy, gateway: string): string | undefined {
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
