import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { readText } from '../../http/request/read-body.ts'

/** What browsers send by `report-uri`. */
const oldReport = z.object({
  'csp-report': z.object({
    'effective-directive': z.string().optional(),
    'violated-directive': z.string().optional(),
    'blocked-uri': z.string().optional(),
    disposition: z.string().optional(),
  }),
})

/** What they send by `report-to`: several reports of several kinds. */
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

/** One body may hold many; the rest says nothing new. */
const mostPerBody = 20

const directives = new Set(
  `script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr img-src font-src connect-src
  frame-src form-action base-uri object-src frame-ancestors default-src require-trusted-types-for`.split(
    /\s+/,
  ),
)

/** The setting that lets through what a directive stopped. */
const settingOf: Record<string, string> = {
  'script-src': 'CSP_SCRIPT_HOSTS',
  'script-src-elem': 'CSP_SCRIPT_HOSTS',
  'connect-src': 'CSP_CONNECT_HOSTS',
  'frame-src': 'CSP_FRAME_HOSTS',
  'form-action': 'CSP_FORM_HOSTS',
}

function findSetting(directive: string, blocked: string): string | undefined {
  if (blocked === 'eval' || directive === 'require-trusted-types-for') return 'CSP_EVAL_GATEWAYS'
  return blocked.startsWith('http') ? settingOf[directive] : undefined
}

/** `POST /csp-reports`: the browser blocked something on our page. Always 204: nobody waits for an answer. */
export async function handleCspReports(context: AppContext, request: Request): Promise<Response> {
  const text = await readText(request)
  if (typeof text === 'object') {
    for (const { effectiveDirective, blockedURL, disposition } of violationsIn(text.said)) {
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
  let said: unknown
  try {
    said = JSON.parse(text)
  } catch {
    return []
  }
  const old = oldReport.safeParse(said)
  if (old.success) {
    const { 'csp-report': report } = old.data
    const effectiveDirective = report['effective-directive'] ?? report['violated-directive']
    return [{ effectiveDirective, blockedURL: report['blocked-uri'], disposition: report.disposition }]
  }
  return (reports.safeParse(said).data ?? [])
    .filter(({ type }) => type === 'csp-violation')
    .slice(0, mostPerBody)
    .flatMap(({ body }) => violation.safeParse(body).data ?? [])
}

/** Of an address its origin, of a keyword the keyword: a path may name a link, a query a person. */
function originOf(blocked: string | undefined): string {
  if (blocked && /^[a-z-]{1,30}$/.test(blocked)) return blocked
  const url = blocked && URL.canParse(blocked) ? new URL(blocked) : undefined
  if (!url) return 'unknown'
  return /^https?:$/.test(url.protocol) ? url.origin.slice(0, 100) : url.protocol.slice(0, 30)
}
