import { Hono } from 'hono'
import { z } from 'zod'
import type { Prepared, World } from '../engine/context.ts'
import { answer, refuseCall } from './envelope.ts'
import { readFields } from './fields.ts'

const shape = z.object({
  merchant_uid: z.string().min(1).max(40),
  amount: z.coerce.number().nonnegative(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish()
    .transform((currency) => currency ?? null),
})

const newest = 10_000

export function prepareRoutes(world: World): Hono {
  const routes = new Hono()
  const remember = (prepared: Prepared): void => {
    world.prepared.set(prepared.merchant_uid, prepared)
    const [oldest] = world.prepared.keys()
    if (world.prepared.size > newest && oldest !== undefined) world.prepared.delete(oldest)
  }

  routes.post('/', async (c) => {
    const fields = shape.safeParse(await readFields(c))
    if (!fields.success) return refuseCall(c, 'merchant_uid와 amount를 확인해 주세요.', 400)
    // A second registration is refused, even of the same amount; changing one is what PUT is for.
    if (world.prepared.has(fields.data.merchant_uid)) return refuseCall(c, '이미 등록된 merchant_uid예요.')
    remember(fields.data)
    return answer(c, fields.data)
  })

  routes.put('/', async (c) => {
    const fields = shape.safeParse(await readFields(c))
    if (!fields.success) return refuseCall(c, 'merchant_uid와 amount를 확인해 주세요.', 400)
    if (!world.prepared.has(fields.data.merchant_uid))
      return refuseCall(c, '등록되지 않은 merchant_uid예요.', 404)
    remember(fields.data)
    return answer(c, fields.data)
  })

  routes.get('/:merchant_uid', (c) => {
    const prepared = world.prepared.get(c.req.param('merchant_uid'))
    return prepared ? answer(c, prepared) : refuseCall(c, '등록되지 않은 merchant_uid예요.', 404)
  })

  return routes
}
