// Mocks upstream's hosts in the browser. Matches by path, because the sandbox's SDK uses another host.
import type { BrowserContext, Route } from 'playwright'
import {
  channelPage,
  gatewayHost,
  gatewayPage,
  gatewayScript,
  knownHosts,
  newerPage,
  scriptHost,
} from './frames.ts'

export interface Hosts {
  /** Response of `users/pg`. */
  usersPg: 'answers' | 'blocked' | '500' | 'HTML' | 'empty' | 'code -1'
  /** How the channels' frames load. */
  frames: 'load' | 'blank' | 'fail'
  /** Response of the newer path: an error code, or the type of window. */
  prepare: 'IFRAME' | 'REDIRECTION' | 'driver' | 'blocked' | 'F400' | 'F500' | 'F1001'
  channels: string[]
  /** Requests to `users/pg`. */
  requests: string[]
  /** @returns the transaction ID of a window on the newer path */
  startTransaction: (data: Record<string, unknown>) => string
  /** Bodies of requests to the newer path. */
  prepared: Record<string, unknown>[]
}

const anyOrigin = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }

const listOf = (channels: string[]) =>
  channels.map((pg_provider) => ({
    store_id: 'store-1',
    pg_provider,
    pg_id: `${pg_provider}_test`,
    channel_key: `channel-key-${pg_provider}`,
    type: 'payment',
    sandbox: true,
  }))

function answerUsersPg(route: Route, { usersPg, channels }: Hosts): Promise<void> {
  if (usersPg === 'blocked') return route.abort()
  const send = (answer: object) => route.fulfill({ headers: anyOrigin, ...answer })
  if (usersPg === '500') return send({ status: 500, body: 'Internal Server Error' })
  if (usersPg === 'HTML') return send({ contentType: 'text/html', body: '<html><h1>503</h1></html>' })
  if (usersPg === 'code -1') return send({ json: { code: -1, data: [], msg: 'no such store' } })
  return send({ json: { code: 0, data: usersPg === 'empty' ? [] : listOf(channels), msg: null } })
}

function answerPrepare(route: Route, hosts: Hosts): Promise<void> {
  const { prepare } = hosts
  const request = route.request()
  if (prepare === 'blocked') return route.abort()
  if (request.method() === 'OPTIONS') return route.fulfill({ headers: anyOrigin })
  const { data } = request.postDataJSON() as { data: Record<string, unknown> }
  hosts.prepared.push(data)
  if (prepare.startsWith('F'))
    return route.fulfill({ status: 400, headers: anyOrigin, json: { code: prepare, message: 'refused' } })
  const window = {
    pgProvider: 'PG_PROVIDER_TOSSPAYMENTS',
    transactionType: 'PAYMENT',
    windowType: prepare === 'REDIRECTION' ? 'REDIRECTION' : 'IFRAME',
    windowSize: { width: 480, height: 640 },
    version: 'v1',
    storeId: 'store-1',
    txId: hosts.startTransaction(data),
    paymentId: data.merchant_uid,
    pgRawResponse: {
      sdk: 'https://js.tosspayments.com/v1',
      url: `${gatewayHost}/pay`,
      paymentMethod: 'CARD',
      clientKey: 'test',
    },
  }
  const driver = prepare === 'driver' && { pgInitializePaymentResponse: {} }
  return route.fulfill({ headers: anyOrigin, json: { ...window, ...driver } })
}

export async function answerUpstream(context: BrowserContext, hosts: Hosts): Promise<void> {
  const html = (body: string) => (route: Route) => route.fulfill({ contentType: 'text/html', body })
  // Served for every gateway script host.
  const script = (route: Route) => route.fulfill({ contentType: 'text/javascript', body: gatewayScript })
  await context.route(/\/users\/pg\//, (route) => {
    const { pathname, search } = new URL(route.request().url())
    hosts.requests.push(pathname.split('/').at(-1) + search)
    return answerUsersPg(route, hosts)
  })
  await context.route(/\/(payments|window)\/ready\//, (route) => {
    if (hosts.frames === 'fail') return route.abort()
    return html(hosts.frames === 'blank' ? '' : channelPage)(route)
  })
  await context.route(/\/api\/prepare\/v1$/, (route) => answerPrepare(route, hosts))
  await context.route(/\/iframe\/PG_PROVIDER_/, html(newerPage))
  await context.route(/\/drivers\//, (route) => route.abort())
  await context.route(`${gatewayHost}/**`, html(gatewayPage))
  for (const host of [scriptHost, ...Object.values(knownHosts)]) await context.route(`${host}/**`, script)
}
