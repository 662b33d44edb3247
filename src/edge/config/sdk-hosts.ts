// Hosts that i'mport's SDK connects to, for the Content Security Policy. The defaults come from the source of SDK 1.5.0
// and from observing it in a browser; CSP reports show what other gateways need (docs/guides/settings.md).

/** CSP sources by directive. */
interface Sources {
  script: string[]
  connect: string[]
  frame: string[]
  form: string[]
}

export interface SdkHosts extends Sources {
  /** CSP_SCRIPT_HOSTS is set and complete: hosts of gateways' own scripts are not added to it. */
  isScriptListSet: boolean
  /** Gateways whose scripts may call eval on their links. */
  evalGateways: string[]
}

const defaults: Sources = {
  // The SDK, the drivers of its newer payment path, and the script these load for Toss Payments. Hosts of other
  // gateways' scripts are added per link (domain/gateways/gateway-scripts.ts).
  script: ['https://cdn.iamport.kr', 'https://cdn.portone.io', 'https://js.tosspayments.com'],
  connect: [
    // The merchant's channels.
    'https://service.iamport.kr',
    // The newer payment path.
    'https://checkout-service.prod.iamport.co',
    'https://tx-gateway-service.prod.iamport.co',
    'https://payment-bridge.prod.iamport.co',
    'https://coretelemetry.prod.iamport.co',
    'https://*.tosspayments.com',
  ],
  // The newer path frames the gateway's own page, on any host.
  frame: ['https:'],
  // On phones the SDK posts a form to the gateway, on any host.
  form: ['https:'],
}

const names = {
  script: 'CSP_SCRIPT_HOSTS',
  connect: 'CSP_CONNECT_HOSTS',
  frame: 'CSP_FRAME_HOSTS',
  form: 'CSP_FORM_HOSTS',
} as const satisfies Record<keyof Sources, string>

const exact = /^https?:\/\/[a-z0-9.-]+(:\d+)?$/
const wide = /^(https:|https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?)$/

/** Each setting replaces its default. `https:` and `*.` wildcards are allowed except for scripts. */
export function readSdkHosts(take: (name: string) => string | undefined, problems: string[]): SdkHosts {
  const read = (directive: keyof Sources): string[] => {
    const text = take(names[directive])
    if (text === undefined) return defaults[directive]
    const hosts = text.split(/[\s,]+/)
    const wrong = hosts.find((host) => !(directive === 'script' ? exact : wide).test(host))
    if (wrong === undefined) return hosts
    problems.push(`${names[directive]} must list addresses like https://cdn.example.com, not "${wrong}"`)
    return defaults[directive]
  }
  return {
    script: read('script'),
    connect: read('connect'),
    frame: read('frame'),
    form: read('form'),
    isScriptListSet: take(names.script) !== undefined,
    evalGateways: readEvalGateways(take('CSP_EVAL_GATEWAYS'), problems),
  }
}

function readEvalGateways(text: string | undefined, problems: string[]): string[] {
  if (text === undefined) return []
  const gateways = text.split(/[\s,]+/)
  const wrong = gateways.find((gateway) => !/^[a-z0-9_]+$/.test(gateway))
  if (wrong === undefined) return gateways
  problems.push(`CSP_EVAL_GATEWAYS must list gateways' codes like mobilians, not "${wrong}"`)
  return []
}
