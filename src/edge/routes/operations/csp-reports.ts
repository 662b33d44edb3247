import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { readText } from '../../http/request/read-body.ts'

/** Format of `report-uri`. */
const oldReport = z.object({
  'csp-report': z.object({
    'effective-directive': z.string().optional(),
    'violated-directive': z.string().optional(),
    'blocked-uri': z.string().optional(),
    disposition: z.string().optional(),
  }),
})

/** Format of `report-to`: several reports of several types. */
const reports = z.array(
  z.object({
    type: z.string(),
    body: z.looseObject({}).nullish(),
  }),
)

const violation = z.object({
  effectiveDirective: z.string().optional(),
  blockedURL: z.string().optional(),
  disposition: z.string().optional(),
})

/** One body may hold many reports; more are ignored. */
const maxPerBody = 20

const directives = new Set(
  `script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr img-src font-src connect-src
  frame-src form-action base-uri object-src frame-ancestors default-src require-trusted-types-for`.split(
    /\s+/,
  ),
)

/** The setting that allows what a directive blocked. */
const settingOf = new Map<string, string>(
  Object.entries({
    'script-src': 'CSP_SCRIPT_HOSTS',
    'script-src-elem': 'CSP_SCRIPT_HOSTS',
    'connect-src': 'CSP_CONNECT_HOSTS',
    'frame-src': 'CSP_FRAME_HOSTS',
    'form-action': 'CSP_FORM_HOSTS',
  }),
)

function findSetting(directive: string, blocked: string): string | undefined {
  if (blocked === 'eval' || directive === 'require-trusted-types-for') return 'CSP_EVAL_GATEWAYS'
  return blocked.startsWith('http') ? settingOf.get(directive) : undefined
}

/** `POST /csp-reports`: logs and counts the browser's CSP violations. Always answers 204. */
export async function handleCspReports(context: AppContext, request: Request): Promise<Response> {
  const text = await readText(request)
  if (typeof text === 'object') {
    for (const { effectiveDirective, blockedURL, disposition } of violationsIn(text.content)) {
      const [word = ''] = effectiveDirective?.split(' ') ?? []
      const directive = directives.has(word) ? word : 'other'
      context.metrics.reported(directive)
      const enforced = disposition !== 'report'
      const blocked = originOf(blockedURL)
      const setting = findSetting(directive, blocked)
      context.log.warn({ event: 'csp.violation', directive, blocked, enforced, ...(setting && { setting }) })
    }
  }
  return new Response(null, { status: 204 })
}

function violationsIn(text: string): z.infer<typeof violation>[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return []
  }
  const old = oldReport.safeParse(parsed)
  if (old.success) {
    const { 'csp-report': report } = old.data
    const effectiveDirective = report['effective-directive'] ?? report['violated-directive']
    return [{ effectiveDirective, blockedURL: report['blocked-uri'], disposition: report.disposition }]
  }
  return (reports.safeParse(parsed).data ?? [])
    .filter(({ type }) => type === 'csp-violation')
    .slice(0, maxPerBody)
    .flatMap(({ body }) => violation.safeParse(body).data ?? [])
}

/** The origin of a URL, or the CSP keyword: a path may contain a link's id, a query personal data. */
function originOf(blocked: string | undefined): string {
  if (blocked && /^[a-z-]{1,30}$/.test(blocked)) return blocked
  const url = blocked && URL.canParse(blocked) ? new URL(blocked) : undefined
  if (!url) return 'unknown'
  return /^https?:$/.test(url.protocol) ? url.origin.slice(0, 100) : url.protocol.slice(0, 30)
}
