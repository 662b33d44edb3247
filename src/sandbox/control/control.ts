import { Hono } from 'hono'
import { z } from 'zod'
import { awaitsDeposit, deposit } from '../engine/approve.ts'
import { resetWorld, type World } from '../engine/context.ts'
import { announce } from '../engine/notice.ts'
import { laterOf } from '../engine/wait-until.ts'

const orders = z.strictObject({
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

const shown = 20

function explain(error: z.ZodError): string {
  const said = error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `unknown: ${issue.keys.join(', ')}`
      : `${issue.path.join('.') || 'body'}: ${issue.message}`,
  )
  return said.join('; ')
}

/** The strings behind the stage, which upstream does not have. */
export function controlRoutes(world: World): Hono {
  const routes = new Hono()

  routes.get('/', (c) => {
    const payments = world.ledger
      .list({})
      .slice(0, shown)
      .map(({ payment: { imp_uid, merchant_uid, status, amount } }) => ({
        imp_uid,
        merchant_uid,
        status,
        amount,
      }))
    return c.json({ ok: true, ...world.settings, payments })
  })

  routes.post('/', async (c) => {
    const read = orders.safeParse(await c.req.json().catch(() => null))
    if (!read.success) return c.json({ ok: false, message: explain(read.error) }, 400)
    const { reset, deposit: impUid, ...changes } = read.data
    if (reset) resetWorld(world)
    Object.assign(world.settings, changes)
    if (impUid !== undefined) {
      const attempt = world.ledger.find(impUid)
      if (!attempt || !awaitsDeposit(attempt.payment))
        return c.json({ ok: false, message: `${impUid} awaits no deposit` }, 404)
      world.ledger.move(attempt, deposit(attempt.payment, world.now()), world.now())
      await announce(world, attempt, laterOf(c))
    }
    return c.json({ ok: true, ...world.settings })
  })

  return routes
}
