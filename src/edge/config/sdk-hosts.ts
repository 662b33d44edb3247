// Whom i'mport's SDK talks to, as settings. The defaults were read from the SDK and seen in a browser
// (shared facts, "The real browser SDK"); a gateway that needs more is found in the reports.

/** Sources of a Content Security Policy, by directive. */
interface Sources {
  script: string[]
  connect: string[]
  frame: string[]
  form: string[]
}

export interface SdkHosts extends Sources {
  /** CSP_SCRIPT_HOSTS is the whole list: gateways' own scripts are not added to it. */
  isScriptListSet: boolean
  /** Gateways whose scripts may call eval on their links. */
  evalGateways: string[]
}

const defaults: Sources = {
  // The SDK, the drivers of the newer payment path, and the script that those load for Toss Payments. What other
  // gateways load themselves is added for their links (rules/gateway-scripts.ts).
  script: ['https://cdn.iamport.kr', 'https://cdn.portone.io', 'https://js.tosspayments.com'],
  connect: [
    // Which channels the merchant has.
    'https://service.iamport.kr',
    // The newer path.
    'https://checkout-service.prod.iamport.co',
    'https://tx-gateway-service.prod.iamport.co',
    'https://payment-bridge.prod.iamport.co',
    'https://coretelemetry.prod.iamport.co',
    'https://*.tosspayments.com',
  ],
  // The newer path frames whichever gateway it is; the older one stays inside i'mport's own frame.
  frame: ['https:'],
  // On a phone the SDK posts a form to the gateway, whichever it is.
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

/**
 * Each setting takes the place of its default. `https:` stands for any https address and `*.` for any
 * host of a domain; scripts are named one by one.
 */
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
