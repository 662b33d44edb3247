import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import { type Channel, channels, storeId } from '../engine/channels.ts'
import type { SandboxContext } from '../engine/context.ts'
import { openWindow } from './open.ts'
import { checkoutFramePage } from './pages.ts'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'

const shape = z.object({
  data: z.looseObject({
    userCode: z.string(),
    channelKey: z.string().optional(),
    pg: z.string().optional(),
  }),
})
const windowTypes = { iframe: 'IFRAME', popup: 'POPUP', top: 'REDIRECTION' } as const

/** Upstream's messages are not known; these are our own. */
const prepareErrors = {
  F400: { status: 400, message: '잘못된 요청이에요.' },
  F500: { status: 500, message: '결제창을 준비하는 데 실패했어요.' },
  F1001: { status: 400, message: '가맹점 식별코드를 찾을 수 없어요.' },
} as const

function findChannel({ pg, channelKey }: { pg?: string | undefined; channelKey?: string | undefined }) {
  if (channelKey) return channels.find(({ channel_key }) => channel_key === channelKey)
  const [provider, ...rest] = (pg ?? '').split('.')
  const pgId = rest.join('.')
  const matches = ({ pg_provider, pg_id }: Channel) => pg_provider === provider && (!pgId || pg_id === pgId)
  return channels.find(matches) ?? channels.find(({ pg_provider }) => pg_provider === provider)
}

/** The checkout service, `checkout-service.prod.iamport.co` upstream. */
export function checkoutRoutes(context: SandboxContext): Hono {
  const routes = new Hono()
  routes.use(cors())

  routes.post('/api/prepare/v1', async (c) => {
    const { prepare } = context.settings
    if (prepare in prepareErrors) {
      const { status, message } = prepareErrors[prepare as keyof typeof prepareErrors]
      return c.json({ code: prepare, message }, status)
    }
    const parsed = shape.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) return c.json({ code: 'F400', message: prepareErrors.F400.message }, 400)
    const { data } = parsed.data
    const opened = openWindow(context, {
      userCode: data.userCode,
      channel: findChannel(data),
      params: data,
      origin: c.req.header('origin') ?? '',
      userAgent: c.req.header('user-agent') ?? '',
    })
    if (!opened.ok) return c.json({ code: opened.code, message: opened.message }, 400)
    const { windowKey, windowMode, channel, payment } = opened.attempt
    const pgProvider = `PG_PROVIDER_${channel.pg_provider.toUpperCase()}`
    // Relative to the SDK's URL: behind a proxy only the browser knows the public origin.
    const url = `window/${windowKey}`
    const { script_origin: scriptOrigin } = context.settings
    const script = 'scripts/tosspayments.js'
    const sdk = scriptOrigin ? scriptOrigin + new URL(`../../../${script}`, c.req.url).pathname : script
    const redirection =
      channel.pg_provider === 'tosspayments'
        ? { sdk, paymentMethod: 'CARD', clientKey: windowKey }
        : { formAttribute: { action: `${url}/enter`, method: 'post' }, formData: {} }
    return c.json({
      pgProvider,
      transactionType: 'PAYMENT',
      windowType: windowTypes[windowMode],
      windowSize: { width: 480, height: 640 },
      version: 'v1',
      storeId,
      txId: payment.imp_uid,
      paymentId: payment.merchant_uid,
      pgRawResponse: { url, ...(windowMode === 'top' && redirection) },
      ...(prepare === 'no driver' && { pgInitializePaymentResponse: {} }),
    })
  })

  routes.use('/iframe/*', securityHeaders)
  routes.get('/iframe/:provider', (c) => {
    c.header('Content-Security-Policy', contentSecurityPolicy('*'))
    return c.html(checkoutFramePage())
  })

  return routes
}
