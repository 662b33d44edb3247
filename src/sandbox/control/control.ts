import { Hono } from 'hono'
import { z } from 'zod'
import { awaitsDeposit, receiveDeposit } from '../engine/approve.ts'
import { resetSandbox, type SandboxContext } from '../engine/context.ts'
import { sendNotices } from '../engine/notice.ts'
import { waitUntilOf } from '../engine/wait-until.ts'

const commandShape = z.strictObject({
  reset: z.literal(true).optional(),
  notice: z.enum(['before', 'after', 'never', 'twice']).optional(),
  rest: z.enum(['up', 'down', 'slow', 'broken']).optional(),
  sdk: z.enum(['up', 'down']).optional(),
  users_pg: z.enum(['up', 'blocked', 'broken', 'html', 'empty', 'hanging', 'refused']).optional(),
  frames: z.enum(['up', 'blank', 'failing']).optional(),
  prepare: z.enum(['up', 'F400', 'F500', 'F1001', 'no driver']).optional(),
  script_origin: z
    .string()
    .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? '') && URL.parse(text)?.origin === text)
    .nullable()
    .optional(),
  fail_reason: z.string().max(500).nullable().optional(),
  confirm: z.enum(['on', 'off']).optional(),
  amount: z.number().positive().nullable().optional(),
  channels: z.array(z.string().max(40)).max(40).nullable().optional(),
  deposit: z.string().max(40).optional(),
})

const maxShownPayments = 20

function describeIssues(error: z.ZodError): string {
  const issues = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `unknown: ${issue.keys.join(', ')}`
      : `${issue.path.join('.') || 'body'}: ${issue.message}`,
  )
  return issues.join('; ')
}

/** Inspects and changes the sandbox. Not part of upstream's API. */
export function controlRoutes(context: SandboxContext): Hono {
  const routes = new Hono()

  routes.get('/', (c) => {
    const payments = context.ledger
      .list({})
      .slice(0, maxShownPayments)
      .map(({ payment: { imp_uid, merchant_uid, status, amount } }) => ({
        imp_uid,
        merchant_uid,
        status,
        amount,
      }))
    return c.json({ ok: true, ...context.settings, payments })
  })

  routes.post('/', async (c) => {
    const parsed = commandShape.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) return c.json({ ok: false, message: describeIssues(parsed.error) }, 400)
    const { reset, deposit: impUid, ...changes } = parsed.data
    if (reset) resetSandbox(context)
    Object.assign(context.settings, changes)
    if (impUid !== undefined) {
      const attempt = context.ledger.find(impUid)
      if (!attempt || !awaitsDeposit(attempt.payment))
        return c.json({ ok: false, message: `${impUid} awaits no deposit` }, 404)
      context.ledger.update(attempt, receiveDeposit(attempt.payment, context.now()), context.now())
      await sendNotices(context, attempt, waitUntilOf(c))
    }
    return c.json({ ok: true, ...context.settings })
  })

  return routes
}
