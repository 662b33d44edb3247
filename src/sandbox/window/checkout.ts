import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { type Channel, channels, storeId } from '../engine/channels.ts'
import type { World } from '../engine/context.ts'
import { openWindow } from './open.ts'
import { newerPage } from './pages.ts'
import { guardPages, policyOf } from './security-headers.ts'

const shape = z.object({
  data: z.looseObject({
    userCode: z.string(),
    channelKey: z.string().optional(),
    pg: z.string().optional(),
  }),
})
const windowTypes = { iframe: 'IFRAME', popup: 'POPUP', top: 'REDIRECTION' } as const

/** What upstream says in each case is not known; these are our words. */
const refusals = {
  F400: { status: 400, message: '잘못된 요청이에요.' },
  F500: { status: 500, message: '결제창을 준비하는 데 실패했어요.' },
  F1001: { status: 400, message: '가맹점 식별코드를 찾을 수 없어요.' },
} as const

function findChannel({ pg, channelKey }: { pg?: string | undefined; channelKey?: string | undefined }) {
  if (channelKey) return channels.find(({ channel_key }) => channel_key === channelKey)
  const [provider, ...rest] = (pg ?? '').split('.')
  const pgId = rest.join('.')
  const isMeant = ({ pg_provider, pg_id }: Channel) => pg_provider === provider && (!pgId || pg_id === pgId)
  return channels.find(isMeant) ?? channels.find(({ pg_provider }) => pg_provider === provider)
}

/** Where the newer gateways' windows come from; `checkout-service.prod.iamport.co` upstream. */
export function checkoutRoutes(world: World): Hono {
  const routes = new Hono()
  routes.use(cors())

  routes.post('/api/prepare/v1', async (c) => {
    const { prepare } = world.settings
    if (prepare in refusals) {
      const { status, message } = refusals[prepare as keyof typeof refusals]
      return c.json({ code: prepare, message }, status)
    }
    const read = shape.safeParse(await c.req.json().catch(() => null))
    if (!read.success) return c.json({ code: 'F400', message: refusals.F400.message }, 400)
    const { data } = read.data
    const opened = openWindow(world, {
      userCode: data.userCode,
      channel: findChannel(data),
      params: data,
      origin: c.req.header('origin') ?? '',
      userAgent: c.req.header('user-agent') ?? '',
    })
    if (!opened.ok) return c.json({ code: opened.code, message: opened.message }, 400)
    const { key, way, channel, payment } = opened.attempt
    const pgProvider = `PG_PROVIDER_${channel.pg_provider.toUpperCase()}`
    // Relative to where the SDK comes from: behind a proxy only the browser knows that.
    const url = `window/${key}`
    const { script_origin: elsewhere } = world.settings
    const script = 'scripts/tosspayments.js'
    const sdk = elsewhere ? elsewhere + new URL(`../../../${script}`, c.req.url).pathname : script
    const leaving =
      channel.pg_provider === 'tosspayments'
        ? { sdk, paymentMethod: 'CARD', clientKey: key }
        : { formAttribute: { action: `${url}/enter`, method: 'post' }, formData: {} }
    return c.json({
      pgProvider,
      transactionType: 'PAYMENT',
      windowType: windowTypes[way],
      windowSize: { width: 480, height: 640 },
      version: 'v1',
      storeId,
      txId: payment.imp_uid,
      paymentId: payment.merchant_uid,
      pgRawResponse: { url, ...(way === 'top' && leaving) },
      ...(prepare === 'no driver' && { pgInitializePaymentResponse: {} }),
    })
  })

  routes.use('/iframe/*', guardPages)
  routes.get('/iframe/:provider', (c) => {
    c.header('Content-Security-Policy', policyOf('*'))
    return c.html(newerPage())
  })

  return routes
}
