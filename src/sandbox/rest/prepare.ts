import { Hono } from 'hono'
import { z } from 'zod'
import type { RegisteredAmount, SandboxContext } from '../engine/context.ts'
import { failure, success } from './envelope.ts'
import { readBodyFields } from './fields.ts'

const shape = z.object({
  merchant_uid: z.string().min(1).max(40),
  amount: z.coerce.number().nonnegative(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish()
    .transform((currency) => currency ?? null),
})

const maxRegistered = 10_000

export function prepareRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  const register = (registered: RegisteredAmount): void => {
    context.registeredAmounts.set(registered.merchant_uid, registered)
    const [oldest] = context.registeredAmounts.keys()
    if (context.registeredAmounts.size > maxRegistered && oldest !== undefined)
      context.registeredAmounts.delete(oldest)
  }

  routes.post('/', async (c) => {
    const fields = shape.safeParse(await readBodyFields(c))
    if (!fields.success) return failure(c, 'merchant_uid와 amount를 확인해 주세요.', 400)
    // As upstream, a second registration fails even with the same amount; PUT changes it.
    if (context.registeredAmounts.has(fields.data.merchant_uid))
      return failure(c, '이미 등록된 merchant_uid예요.')
    register(fields.data)
    return success(c, fields.data)
  })

  routes.put('/', async (c) => {
    const fields = shape.safeParse(await readBodyFields(c))
    if (!fields.success) return failure(c, 'merchant_uid와 amount를 확인해 주세요.', 400)
    if (!context.registeredAmounts.has(fields.data.merchant_uid))
      return failure(c, '등록되지 않은 merchant_uid예요.', 404)
    register(fields.data)
    return success(c, fields.data)
  })

  routes.get('/:merchant_uid', (c) => {
    const registered = context.registeredAmounts.get(c.req.param('merchant_uid'))
    return registered ? success(c, registered) : failure(c, '등록되지 않은 merchant_uid예요.', 404)
  })

  return routes
}
